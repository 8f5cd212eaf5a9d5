-- Who opened what is known of a person, beside portraits and bundles: `account` is whose it is, `what` is what was opened.

ALTER TABLE openings ADD COLUMN account TEXT;
ALTER TABLE openings ADD COLUMN what TEXT;
CREATE INDEX openings_by_account ON openings (account, id);

-- What is kept goes in time: days that were set for a kind, proofs of what went, when a portrait's state changed last,
-- whose sealed bytes are gone, and when a campaign was closed.

CREATE TABLE retention_days (kind TEXT PRIMARY KEY, days BIGINT NOT NULL);
CREATE TABLE retention_proofs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    count BIGINT NOT NULL,
    until BIGINT NOT NULL,
    at BIGINT NOT NULL
);
ALTER TABLE campaigns ADD COLUMN closed_at BIGINT;
ALTER TABLE bundles ADD COLUMN forgotten_at BIGINT;
ALTER TABLE portraits ADD COLUMN forgotten_at BIGINT;
ALTER TABLE portraits ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
UPDATE portraits SET changed_at = COALESCE(decided_at, confirmed_at, stored_at);
CREATE INDEX portraits_by_change ON portraits (state, changed_at);
