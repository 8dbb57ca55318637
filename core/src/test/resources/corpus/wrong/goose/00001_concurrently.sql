-- +goose Up
-- expect: cannot-run-in-transaction:3
CREATE INDEX CONCURRENTLY users_name ON users (name);
-- +goose Down
DROP INDEX users_name;
