-- +goose Up
-- +goose StatementBegin
CREATE TABLE posts (
    id bigint PRIMARY KEY,
    author int NOT NULL REFERENCES users (id),
    tags text[] NOT NULL DEFAULT ARRAY[]::text[]
)
-- +goose StatementEnd
-- +goose StatementBegin
CREATE INDEX posts_tags ON posts USING gin (tags)
-- +goose StatementEnd

-- +goose Down
DROP TABLE posts
