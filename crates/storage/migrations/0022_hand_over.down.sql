ALTER TABLE bundles DROP COLUMN handed_over_note;
ALTER TABLE bundles DROP COLUMN handed_over_by;
ALTER TABLE bundles DROP COLUMN handed_over_at;
ALTER TABLE bundles DROP COLUMN sealed_names;
ALTER TABLE bundles DROP COLUMN file_naming;
ALTER TABLE campaigns DROP COLUMN file_naming;
