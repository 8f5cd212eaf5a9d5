ALTER TABLE conversations DROP COLUMN picture_until;
