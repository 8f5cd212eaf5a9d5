-- Work to be done later. `due_at` is when a server may take it: first the wished moment, then, while one has it, the end of
-- its lease. `claim` grows with each taking, so that a server whose lease ended changes nothing any more. A finished job
-- goes or is due again; one that failed too often stays as a dead letter.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    claim BIGINT NOT NULL,
    failure TEXT,
    dead_at BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (kind, subject)
);
CREATE INDEX jobs_due ON jobs (dead_at, due_at);
CREATE INDEX tickets_by_day ON tickets (business_day, state);
CREATE INDEX pairing_codes_by_expiry ON pairing_codes (expires_at);
CREATE INDEX portraits_by_blob ON portraits (blob_key);
CREATE INDEX bundles_by_blob ON bundles (blob_key);
