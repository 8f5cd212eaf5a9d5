DROP TABLE shot_pieces;
DROP TABLE shots;
