-- Schools are found by the initials of their names' pinyin; students who are not on a roster ask their school.

ALTER TABLE schools ADD COLUMN initials TEXT NOT NULL DEFAULT '';

CREATE TABLE roster_requests (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    campaign TEXT NOT NULL REFERENCES campaigns (id),
    school TEXT NOT NULL REFERENCES schools (id),
    category TEXT NOT NULL,
    number_index {BYTES} NOT NULL,
    sealed_name {BYTES} NOT NULL,
    sealed_student_number {BYTES} NOT NULL,
    sealed_id_last4 {BYTES} NOT NULL,
    sealed_note {BYTES} NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX roster_requests_by_account ON roster_requests (account, id);
CREATE INDEX roster_requests_by_school ON roster_requests (school, state, id);
