-- users
CREATE TABLE "users" (id integer, path text DEFAULT 'a\b');

CREATE INDEX i ON users (id);
