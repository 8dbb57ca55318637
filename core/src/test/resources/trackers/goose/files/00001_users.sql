-- +goose Up
CREATE TABLE users (id integer);
-- +goose StatementBegin
SELECT 1;
-- +goose StatementEnd

-- +goose Down
DROP TABLE users;
