-- Conversations 客服 between a student and support. What is said, and what is attached, rests sealed.

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    opened_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX conversations_by_account ON conversations (account, id);
CREATE INDEX conversations_by_state ON conversations (state, last_at, id);

CREATE TABLE conversation_lines (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    author TEXT NOT NULL REFERENCES accounts (id),
    from_staff BIGINT NOT NULL,
    sealed_text {BYTES} NOT NULL,
    attachment_type TEXT,
    sealed_attachment {BYTES},
    said_at BIGINT NOT NULL
);
CREATE INDEX conversation_lines_by_conversation ON conversation_lines (conversation, id);
