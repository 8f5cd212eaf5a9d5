-- When a portrait was given in, from which the promise of its review counts.

ALTER TABLE portraits ADD COLUMN confirmed_at BIGINT;
