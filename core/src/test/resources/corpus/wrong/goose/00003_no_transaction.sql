-- +goose NO TRANSACTION
-- expect: not-repeatable:4
-- +goose Up
CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email);
ANALYZE users;
-- +goose Down
DROP INDEX CONCURRENTLY users_email;
