-- Where studios are and when they are open; stations that rest.

ALTER TABLE studios ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE studios ADD COLUMN latitude_udeg BIGINT;
ALTER TABLE studios ADD COLUMN longitude_udeg BIGINT;
ALTER TABLE stations ADD COLUMN paused_at BIGINT;
