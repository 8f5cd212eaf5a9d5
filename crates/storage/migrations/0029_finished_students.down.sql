DROP INDEX roster_entries_kept;
ALTER TABLE roster_entries DROP COLUMN forgotten_at;
