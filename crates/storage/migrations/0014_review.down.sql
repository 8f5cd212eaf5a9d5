ALTER TABLE portraits DROP COLUMN confirmed_at;
