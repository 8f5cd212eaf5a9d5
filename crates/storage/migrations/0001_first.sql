-- Only TEXT, BIGINT and bytes, so that both databases speak the same SQL. `{BYTES}` is BLOB or BYTEA.
-- Moments are milliseconds since 1970 (UTC). `facts` is the JSON of the domain's own type; the columns beside it repeat
-- what queries need. `version` grows with each change of a row and is what two writers race for.

CREATE TABLE schools (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE campaigns (
    id TEXT PRIMARY KEY,
    school TEXT NOT NULL REFERENCES schools (id),
    title TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    categories TEXT NOT NULL,
    policy TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sealed_private_key {BYTES} NOT NULL,
    opened_at BIGINT NOT NULL
);
CREATE INDEX campaigns_by_school ON campaigns (school);

CREATE TABLE roster_entries (
    id TEXT PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaigns (id),
    category TEXT NOT NULL,
    match_index {BYTES} NOT NULL,
    number_index {BYTES} NOT NULL,
    sealed_name {BYTES} NOT NULL,
    sealed_student_number {BYTES} NOT NULL,
    sealed_id_last4 {BYTES} NOT NULL,
    UNIQUE (campaign, number_index)
);
CREATE INDEX roster_entries_by_match ON roster_entries (campaign, category, match_index);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    login_index {BYTES} NOT NULL UNIQUE,
    sealed_login {BYTES} NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    school TEXT REFERENCES schools (id),
    created_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash {BYTES} PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE attempts (
    name TEXT PRIMARY KEY,
    tries BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    locked_until BIGINT
);
CREATE INDEX attempts_by_time ON attempts (last_at);

CREATE TABLE studios (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    phone TEXT NOT NULL
);

CREATE TABLE packages (
    id TEXT PRIMARY KEY,
    studio TEXT NOT NULL REFERENCES studios (id),
    name TEXT NOT NULL,
    price_fen BIGINT NOT NULL,
    place BIGINT NOT NULL
);
CREATE INDEX packages_by_studio ON packages (studio, place);

CREATE TABLE stations (
    id TEXT PRIMARY KEY,
    studio TEXT NOT NULL REFERENCES studios (id),
    name TEXT NOT NULL,
    verifying_key TEXT,
    token_hash {BYTES} UNIQUE
);
CREATE INDEX stations_by_studio ON stations (studio);

CREATE TABLE pairing_codes (
    code_hash {BYTES} PRIMARY KEY,
    station TEXT NOT NULL REFERENCES stations (id),
    expires_at BIGINT NOT NULL
);

CREATE TABLE collections (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    campaign TEXT NOT NULL REFERENCES campaigns (id),
    category TEXT NOT NULL,
    roster_entry TEXT NOT NULL UNIQUE REFERENCES roster_entries (id),
    image_code_index {BYTES} NOT NULL UNIQUE,
    sealed_image_code {BYTES} NOT NULL,
    studio TEXT REFERENCES studios (id),
    package TEXT REFERENCES packages (id),
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX collections_by_account ON collections (account, id);

CREATE TABLE consents (
    collection TEXT NOT NULL REFERENCES collections (id),
    purpose TEXT NOT NULL,
    text_version TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (collection, purpose, text_version)
);

CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    collection TEXT NOT NULL REFERENCES collections (id),
    package TEXT NOT NULL REFERENCES packages (id),
    placed_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX orders_by_collection ON orders (collection, id);

CREATE TABLE ticket_counters (
    studio TEXT NOT NULL REFERENCES studios (id),
    business_day TEXT NOT NULL,
    given BIGINT NOT NULL,
    PRIMARY KEY (studio, business_day)
);

CREATE TABLE tickets (
    id TEXT PRIMARY KEY,
    studio TEXT NOT NULL REFERENCES studios (id),
    collection TEXT NOT NULL REFERENCES collections (id),
    business_day TEXT NOT NULL,
    number_index BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    place BIGINT NOT NULL,
    called_at BIGINT,
    served_at BIGINT,
    station TEXT REFERENCES stations (id),
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (studio, business_day, number_index)
);
CREATE INDEX tickets_in_line ON tickets (studio, business_day, state, priority, place);
CREATE INDEX tickets_by_collection ON tickets (collection, id);

CREATE TABLE portraits (
    id TEXT PRIMARY KEY,
    collection TEXT NOT NULL REFERENCES collections (id),
    campaign TEXT NOT NULL REFERENCES campaigns (id),
    ticket TEXT NOT NULL REFERENCES tickets (id),
    station TEXT NOT NULL REFERENCES stations (id),
    spec TEXT NOT NULL,
    outcome TEXT NOT NULL,
    sealed_at BIGINT NOT NULL,
    stored_at BIGINT NOT NULL,
    blob_key TEXT NOT NULL,
    blob_sha256 TEXT NOT NULL,
    blob_bytes BIGINT NOT NULL,
    sealed_verdict {BYTES} NOT NULL,
    reviewer TEXT REFERENCES accounts (id),
    claimed_until BIGINT,
    decided_at BIGINT,
    bundle TEXT,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX portraits_by_collection ON portraits (collection, id);
CREATE INDEX portraits_by_state ON portraits (state, id);
CREATE INDEX portraits_by_campaign ON portraits (campaign, state, id);
CREATE INDEX portraits_by_station ON portraits (station, stored_at);
CREATE INDEX portraits_by_reviewer ON portraits (reviewer, decided_at);

CREATE TABLE bundles (
    id TEXT PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaigns (id),
    made_at BIGINT NOT NULL,
    portraits BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    blob_key TEXT NOT NULL
);
CREATE INDEX bundles_by_campaign ON bundles (campaign, id);

-- Who opened what and why. Rows are only ever added.
CREATE TABLE openings (
    id TEXT PRIMARY KEY,
    portrait TEXT,
    bundle TEXT,
    opener_kind TEXT NOT NULL,
    opener TEXT NOT NULL,
    reason TEXT NOT NULL,
    opened_at BIGINT NOT NULL
);
CREATE INDEX openings_by_portrait ON openings (portrait, id);
CREATE INDEX openings_by_bundle ON openings (bundle, id);
