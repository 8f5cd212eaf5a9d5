-- Payments of one order or several, refunds, links for friends, groups of a class, and data for invoices.

CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    payer TEXT NOT NULL,
    account TEXT REFERENCES accounts (id),
    total_fen BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX payments_by_state ON payments (state, id);

CREATE TABLE payment_orders (
    payment TEXT NOT NULL REFERENCES payments (id),
    order_id TEXT NOT NULL REFERENCES orders (id),
    PRIMARY KEY (payment, order_id)
);
CREATE INDEX payment_orders_by_order ON payment_orders (order_id);

CREATE TABLE refunds (
    id TEXT PRIMARY KEY,
    payment TEXT NOT NULL REFERENCES payments (id),
    order_id TEXT NOT NULL REFERENCES orders (id),
    amount_fen BIGINT NOT NULL,
    reason TEXT NOT NULL,
    asked_by TEXT REFERENCES accounts (id),
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX refunds_by_payment ON refunds (payment, id);
CREATE INDEX refunds_by_order ON refunds (order_id, id);
CREATE INDEX refunds_by_state ON refunds (state, id);

CREATE TABLE pay_links (
    token_hash {BYTES} PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX pay_links_by_order ON pay_links (order_id);

CREATE TABLE pay_groups (
    id TEXT PRIMARY KEY,
    leader TEXT NOT NULL REFERENCES accounts (id),
    campaign TEXT NOT NULL REFERENCES campaigns (id),
    title TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
CREATE INDEX pay_groups_by_leader ON pay_groups (leader, id);

CREATE TABLE pay_group_orders (
    order_id TEXT PRIMARY KEY REFERENCES orders (id),
    pay_group TEXT NOT NULL REFERENCES pay_groups (id)
);
CREATE INDEX pay_group_orders_by_group ON pay_group_orders (pay_group, order_id);

CREATE TABLE invoices (
    order_id TEXT PRIMARY KEY REFERENCES orders (id),
    sealed_title {BYTES} NOT NULL,
    sealed_tax_number {BYTES} NOT NULL,
    sealed_email {BYTES} NOT NULL,
    asked_at BIGINT NOT NULL
);

CREATE INDEX orders_by_state ON orders (state, id);
