-- migrate:up
CREATE TABLE loans (
  id bigserial PRIMARY KEY,
  book_id bigint NOT NULL REFERENCES books (id),
  during tstzrange NOT NULL,
  EXCLUDE USING gist (book_id WITH =, during WITH &&)
);
CREATE EXTENSION IF NOT EXISTS btree_gist
-- migrate:down
DROP TABLE loans
