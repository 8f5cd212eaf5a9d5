ALTER TABLE stations DROP COLUMN paused_at;
ALTER TABLE studios DROP COLUMN longitude_udeg;
ALTER TABLE studios DROP COLUMN latitude_udeg;
ALTER TABLE studios DROP COLUMN hours;
