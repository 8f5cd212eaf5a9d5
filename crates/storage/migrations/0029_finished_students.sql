-- When what a school said of a student went, and whose is still there.

ALTER TABLE roster_entries ADD COLUMN forgotten_at BIGINT;
CREATE INDEX roster_entries_kept ON roster_entries (id) WHERE forgotten_at IS NULL;
