DROP TABLE conversation_lines;
DROP TABLE conversations;
