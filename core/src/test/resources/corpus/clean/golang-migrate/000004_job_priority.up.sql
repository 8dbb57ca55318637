SET lock_timeout TO '5s';
ALTER TABLE jobs ADD COLUMN priority smallint NOT NULL DEFAULT 0;
