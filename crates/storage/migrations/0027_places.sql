-- The last place given in a line, so that numbers and places rise together although servers' clocks differ.

ALTER TABLE ticket_counters ADD COLUMN last_place BIGINT NOT NULL DEFAULT 0;
