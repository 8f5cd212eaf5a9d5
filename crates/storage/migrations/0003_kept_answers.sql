-- Answers to requests that carried an `Idempotency-Key`, sealed. `id` is a keyed fingerprint of caller and key, `request` a
-- digest of what was asked. Without `sealed_answer` the request is still being worked on, until `expires_at` at most.
CREATE TABLE kept_answers (
    id {BYTES} PRIMARY KEY,
    request {BYTES} NOT NULL,
    sealed_answer {BYTES},
    expires_at BIGINT NOT NULL
);
CREATE INDEX kept_answers_by_expiry ON kept_answers (expires_at);
