DROP TABLE portrait_pieces;
