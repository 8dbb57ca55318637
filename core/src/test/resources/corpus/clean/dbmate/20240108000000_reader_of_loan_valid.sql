-- migrate:up
ALTER TABLE loans VALIDATE CONSTRAINT loans_reader;
-- migrate:down
