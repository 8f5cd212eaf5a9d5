DROP INDEX portraits_by_bundle;
