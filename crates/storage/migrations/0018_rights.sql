-- What was deleted when an account was closed: counts per kind, as proof. No row says whose it was but by an id that
-- leads to nobody any more.

CREATE TABLE closed_accounts (
    account TEXT PRIMARY KEY REFERENCES accounts (id),
    closed_at BIGINT NOT NULL,
    proof TEXT NOT NULL
);
