-- How a campaign's bundles name their files, and what became of a bundle. A bundle keeps the rule that it was made by;
-- the names themselves rest sealed, since they may hold student numbers.

ALTER TABLE campaigns ADD COLUMN file_naming TEXT NOT NULL DEFAULT '{place}';
ALTER TABLE bundles ADD COLUMN file_naming TEXT NOT NULL DEFAULT '{place}';
ALTER TABLE bundles ADD COLUMN sealed_names {BYTES};
ALTER TABLE bundles ADD COLUMN handed_over_at BIGINT;
ALTER TABLE bundles ADD COLUMN handed_over_by TEXT;
ALTER TABLE bundles ADD COLUMN handed_over_note TEXT;
