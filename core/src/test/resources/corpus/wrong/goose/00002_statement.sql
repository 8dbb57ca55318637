-- expect: drop-column:5, lock-timeout-missing:5
-- +goose Up
-- +goose StatementBegin
ALTER TABLE users
  DROP COLUMN surname
-- +goose StatementEnd
-- +goose Down
-- +goose StatementBegin
ALTER TABLE users ADD COLUMN surname text
-- +goose StatementEnd
