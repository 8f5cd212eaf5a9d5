DROP INDEX bundles_by_blob;
DROP INDEX portraits_by_blob;
DROP INDEX pairing_codes_by_expiry;
DROP INDEX tickets_by_day;
DROP TABLE jobs;
