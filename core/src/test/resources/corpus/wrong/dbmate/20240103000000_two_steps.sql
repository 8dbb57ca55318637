-- expect: not-repeatable:4
-- migrate:up transaction:false
SET lock_timeout = '2s';
ALTER TABLE books ADD COLUMN shelf text;
CREATE INDEX CONCURRENTLY books_shelf ON books (shelf);
-- migrate:down
ALTER TABLE books DROP COLUMN shelf;
