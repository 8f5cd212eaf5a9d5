-- Portraits of phones have no place in the tables of before. Columns that took NULL meanwhile go on taking it.
DROP INDEX portraits_by_shot;
DELETE FROM portraits WHERE ticket IS NULL;
ALTER TABLE portraits DROP COLUMN shot;
ALTER TABLE collections DROP COLUMN rules_read_at;
ALTER TABLE collections DROP COLUMN rules_version;
ALTER TABLE collections DROP COLUMN route;
