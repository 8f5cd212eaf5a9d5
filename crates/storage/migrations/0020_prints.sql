-- Prints 加印 by courier. A print order is an order (of the same id) with a parcel; name, phone number and address that it
-- goes to rest sealed, and go before the order does.

CREATE TABLE print_orders (
    id TEXT PRIMARY KEY REFERENCES orders (id),
    collection TEXT NOT NULL REFERENCES collections (id),
    product TEXT NOT NULL,
    sheets BIGINT NOT NULL,
    sealed_recipient {BYTES},
    changed_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    facts TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX print_orders_by_collection ON print_orders (collection, id);
CREATE INDEX print_orders_by_state ON print_orders (state, id);
