-- Consents with the digest of the text that was read, and their withdrawal. Rows are only added and closed.

CREATE TABLE consent_records (
    collection TEXT NOT NULL REFERENCES collections (id),
    purpose TEXT NOT NULL,
    text_version TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (collection, purpose, given_at)
);
INSERT INTO consent_records (collection, purpose, text_version, text_sha256, given_at)
    SELECT collection, purpose, MAX(text_version), '', MAX(given_at) FROM consents GROUP BY collection, purpose;
DROP TABLE consents;
