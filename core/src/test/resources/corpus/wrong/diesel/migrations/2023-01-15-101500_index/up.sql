-- expect: cannot-run-in-transaction:2
CREATE INDEX CONCURRENTLY posts_title ON posts (title);
