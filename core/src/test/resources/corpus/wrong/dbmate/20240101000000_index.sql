-- migrate:up
-- expect: cannot-run-in-transaction:3
CREATE INDEX CONCURRENTLY books_title ON books (title);
-- migrate:down
DROP INDEX books_title;
