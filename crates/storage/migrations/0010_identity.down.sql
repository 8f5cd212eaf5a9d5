DROP TABLE messages;
DROP TABLE sms_codes;
DROP TABLE sms_numbers;
DROP TABLE sessions;

--sqlite PRAGMA defer_foreign_keys = ON;
CREATE TABLE accounts_before AS
    SELECT a.id, i.fingerprint AS login_index, i.sealed AS sealed_login, COALESCE(a.password_hash, '') AS password_hash,
        (SELECT MIN(g.role) FROM grants g WHERE g.account = a.id) AS role,
        (SELECT MIN(g.scope) FROM grants g WHERE g.account = a.id AND g.role = 'school') AS school, a.created_at
    FROM accounts a JOIN identities i ON i.account = a.id
    WHERE i.id = (SELECT MIN(first.id) FROM identities first WHERE first.account = a.id);
DROP TABLE grants;
DROP TABLE identities;
--sqlite DROP TABLE accounts;
--sqlite CREATE TABLE accounts (
--sqlite     id TEXT PRIMARY KEY,
--sqlite     login_index {BYTES} NOT NULL UNIQUE,
--sqlite     sealed_login {BYTES} NOT NULL,
--sqlite     password_hash TEXT NOT NULL,
--sqlite     role TEXT NOT NULL,
--sqlite     school TEXT REFERENCES schools (id),
--sqlite     created_at BIGINT NOT NULL
--sqlite );
--sqlite INSERT INTO accounts SELECT * FROM accounts_before;
--postgres ALTER TABLE accounts ADD COLUMN login_index {BYTES};
--postgres ALTER TABLE accounts ADD COLUMN sealed_login {BYTES};
--postgres ALTER TABLE accounts ADD COLUMN role TEXT;
--postgres ALTER TABLE accounts ADD COLUMN school TEXT REFERENCES schools (id);
--postgres UPDATE accounts SET login_index = b.login_index, sealed_login = b.sealed_login,
--postgres     password_hash = b.password_hash, role = b.role, school = b.school
--postgres     FROM accounts_before b WHERE b.id = accounts.id;
--postgres ALTER TABLE accounts ADD UNIQUE (login_index);
--postgres ALTER TABLE accounts ALTER COLUMN password_hash SET NOT NULL;
DROP TABLE accounts_before;

CREATE TABLE sessions (
    token_hash {BYTES} PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
