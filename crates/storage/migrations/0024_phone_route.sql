-- The phone route: a collection says which route it takes and when the photo rules were read; a portrait comes from a
-- ticket at a station or from a phone's shot; an order of the phone route has no studio's package.
-- A column that shall take NULL is made anew beside the old one: both databases can do that without copying the table.

ALTER TABLE collections ADD COLUMN route TEXT;
ALTER TABLE collections ADD COLUMN rules_version TEXT;
ALTER TABLE collections ADD COLUMN rules_read_at BIGINT;
UPDATE collections SET route = 'studio' WHERE studio IS NOT NULL;

DROP INDEX portraits_by_station;
ALTER TABLE portraits ADD COLUMN new_ticket TEXT REFERENCES tickets (id);
ALTER TABLE portraits ADD COLUMN new_station TEXT REFERENCES stations (id);
UPDATE portraits SET new_ticket = ticket, new_station = station;
ALTER TABLE portraits DROP COLUMN ticket;
ALTER TABLE portraits DROP COLUMN station;
ALTER TABLE portraits RENAME COLUMN new_ticket TO ticket;
ALTER TABLE portraits RENAME COLUMN new_station TO station;
ALTER TABLE portraits ADD COLUMN shot TEXT;
CREATE INDEX portraits_by_station ON portraits (station, stored_at);
CREATE UNIQUE INDEX portraits_by_shot ON portraits (shot);

ALTER TABLE orders ADD COLUMN new_package TEXT REFERENCES packages (id);
UPDATE orders SET new_package = package;
ALTER TABLE orders DROP COLUMN package;
ALTER TABLE orders RENAME COLUMN new_package TO package;
