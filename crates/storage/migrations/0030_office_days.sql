-- What the office counts by the day: when somebody came into line and was called first, when money came and went back.
-- A package's name in English. For the rows of before, the nearest moment that is known stands in.

ALTER TABLE packages ADD COLUMN en_name TEXT;

ALTER TABLE tickets ADD COLUMN joined_at BIGINT;
ALTER TABLE tickets ADD COLUMN first_called_at BIGINT;
UPDATE tickets SET joined_at = place, first_called_at = called_at;
CREATE INDEX tickets_by_joining ON tickets (joined_at);

ALTER TABLE payments ADD COLUMN succeeded_at BIGINT;
ALTER TABLE refunds ADD COLUMN done_at BIGINT;
UPDATE payments SET succeeded_at = created_at WHERE state = 'succeeded';
UPDATE refunds SET done_at = (SELECT p.created_at FROM payments p WHERE p.id = refunds.payment) WHERE state = 'done';
CREATE INDEX payments_by_success ON payments (succeeded_at);
CREATE INDEX refunds_by_end ON refunds (done_at);

CREATE INDEX collections_by_creation ON collections (created_at);
CREATE INDEX portraits_by_arrival ON portraits (stored_at);
CREATE INDEX portraits_by_yes ON portraits (confirmed_at);
CREATE INDEX bundles_by_making ON bundles (made_at);
CREATE INDEX openings_by_opener ON openings (opener, id);
