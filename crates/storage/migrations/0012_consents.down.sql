CREATE TABLE consents (
    collection TEXT NOT NULL REFERENCES collections (id),
    purpose TEXT NOT NULL,
    text_version TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (collection, purpose, text_version)
);
INSERT INTO consents (collection, purpose, text_version, given_at)
    SELECT collection, purpose, text_version, MIN(given_at) FROM consent_records WHERE withdrawn_at IS NULL
    GROUP BY collection, purpose, text_version;
DROP TABLE consent_records;
