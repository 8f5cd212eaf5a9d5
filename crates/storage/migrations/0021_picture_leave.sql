-- Until when a student lets support see the own portraits.

ALTER TABLE conversations ADD COLUMN picture_until BIGINT;
