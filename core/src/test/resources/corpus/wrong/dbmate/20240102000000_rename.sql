-- expect: rename-column:4
-- migrate:up
SET lock_timeout = '2s';
ALTER TABLE books RENAME COLUMN title TO name

-- migrate:down
ALTER TABLE books RENAME COLUMN name TO title
