-- Who somebody is (an account) apart from the ways in (identities), what an account may do (grants), sessions that can be
-- listed, codes by SMS, and the outbox of messages.

CREATE TABLE identities (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    fingerprint {BYTES} NOT NULL,
    sealed {BYTES} NOT NULL,
    verified_at BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (kind, fingerprint)
);
CREATE INDEX identities_by_account ON identities (account, id);
INSERT INTO identities (id, account, kind, fingerprint, sealed, created_at)
    SELECT id, id, CASE role WHEN 'student' THEN 'phone' ELSE 'user_name' END, login_index, sealed_login, created_at
    FROM accounts;

-- `scope` is the id of a studio or a school, or empty.
CREATE TABLE grants (
    account TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL,
    scope TEXT NOT NULL,
    given_by TEXT REFERENCES accounts (id),
    given_at BIGINT NOT NULL,
    PRIMARY KEY (account, role, scope)
);
CREATE INDEX grants_by_role ON grants (role, account);
INSERT INTO grants (account, role, scope, given_at) SELECT id, role, COALESCE(school, ''), created_at FROM accounts;

-- SQLite cannot drop a unique column: the table is made anew under its name, while other tables go on pointing to it.
--sqlite PRAGMA defer_foreign_keys = ON;
--sqlite CREATE TABLE accounts_before AS SELECT id, password_hash, created_at FROM accounts;
--sqlite DROP TABLE accounts;
--sqlite CREATE TABLE accounts (id TEXT PRIMARY KEY, password_hash TEXT, created_at BIGINT NOT NULL);
--sqlite INSERT INTO accounts (id, password_hash, created_at) SELECT id, password_hash, created_at FROM accounts_before;
--sqlite DROP TABLE accounts_before;
--postgres ALTER TABLE accounts DROP COLUMN login_index;
--postgres ALTER TABLE accounts DROP COLUMN sealed_login;
--postgres ALTER TABLE accounts DROP COLUMN role;
--postgres ALTER TABLE accounts DROP COLUMN school;
--postgres ALTER TABLE accounts ALTER COLUMN password_hash DROP NOT NULL;

-- Sessions of before had no name of their own: everybody signs in once more.
DROP TABLE sessions;
CREATE TABLE sessions (
    token_hash {BYTES} PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES accounts (id),
    device TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account, id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- One row per number that a code was asked for; whoever asks again waits for it.
CREATE TABLE sms_numbers (
    fingerprint {BYTES} PRIMARY KEY,
    asked_at BIGINT NOT NULL
);
CREATE TABLE sms_codes (
    id TEXT PRIMARY KEY,
    number {BYTES} NOT NULL REFERENCES sms_numbers (fingerprint),
    purpose TEXT NOT NULL,
    code_index {BYTES} NOT NULL,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX sms_codes_by_number ON sms_codes (number, sent_at);

CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    account TEXT REFERENCES accounts (id),
    channel TEXT NOT NULL,
    template TEXT NOT NULL,
    language TEXT NOT NULL,
    sealed_to {BYTES} NOT NULL,
    sealed_text {BYTES} NOT NULL,
    created_at BIGINT NOT NULL,
    next_try_at BIGINT,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX messages_due ON messages (state, next_try_at);
CREATE INDEX messages_by_account ON messages (account, id);
