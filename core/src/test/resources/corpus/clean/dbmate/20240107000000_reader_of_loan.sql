-- migrate:up
SET LOCAL lock_timeout TO '2s';
ALTER TABLE loans ADD COLUMN reader_id bigint;
ALTER TABLE loans ADD CONSTRAINT loans_reader FOREIGN KEY (reader_id) REFERENCES readers (id) NOT VALID;
-- migrate:down
ALTER TABLE loans DROP COLUMN reader_id;
