-- migrate:up
CREATE TABLE books (
  id bigserial PRIMARY KEY,
  isbn text NOT NULL UNIQUE,
  title text NOT NULL,
  pages int CHECK (pages > 0)
);

-- migrate:down
DROP TABLE books;
