-- expect: json-column:4
CREATE TABLE events (
    id bigint PRIMARY KEY,
    payload json NOT NULL
);
