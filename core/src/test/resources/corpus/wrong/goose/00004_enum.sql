-- expect: enum-value-in-transaction:4
-- +goose Up
SELECT 1;
ALTER TYPE user_state ADD VALUE 'asleep';
CREATE TABLE sleeping_states (state user_state DEFAULT 'asleep');
-- +goose Down
DROP TABLE sleeping_states;
