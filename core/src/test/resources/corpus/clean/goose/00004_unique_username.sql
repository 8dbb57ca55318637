-- +goose Up
SET lock_timeout = '1s';
ALTER TABLE users ADD CONSTRAINT users_username UNIQUE USING INDEX users_username;

-- +goose Down
ALTER TABLE users DROP CONSTRAINT users_username;
