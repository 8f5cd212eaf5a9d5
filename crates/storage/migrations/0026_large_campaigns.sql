-- What the lists of a campaign with very many students go by.

CREATE INDEX orders_of_collection ON orders (collection, state);
CREATE INDEX portraits_by_decision ON portraits (decided_at, reviewer);
