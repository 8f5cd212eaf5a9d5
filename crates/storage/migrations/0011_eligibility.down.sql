DROP TABLE roster_requests;
ALTER TABLE schools DROP COLUMN initials;
