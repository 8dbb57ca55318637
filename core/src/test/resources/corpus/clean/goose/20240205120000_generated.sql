-- +goose Up
CREATE TABLE people (first text, last text, full_name text GENERATED ALWAYS AS (first || ' ' || last) STORED, CHECK (num_nonnulls(first, last) > 0));
-- +goose Down
DROP TABLE people;
