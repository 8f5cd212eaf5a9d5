ALTER TABLE ticket_counters DROP COLUMN last_place;
