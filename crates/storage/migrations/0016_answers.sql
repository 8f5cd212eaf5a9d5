-- The registry's answers come back by bundle.

CREATE INDEX portraits_by_bundle ON portraits (bundle, id);
