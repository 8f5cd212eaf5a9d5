-- Who changed what. Rows are only ever added; each hash covers the row and the hash before it. The head says where the chain
-- ends, so that rows cut off at the end are missed too; writers wait for each other there.
CREATE TABLE audit_entries (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor, number);
CREATE TABLE audit_head (
    id BIGINT PRIMARY KEY,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '');
