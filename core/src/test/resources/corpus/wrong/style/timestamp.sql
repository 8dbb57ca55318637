-- expect: timestamp-without-zone:4
CREATE TABLE plans (
  id bigint PRIMARY KEY,
  made_at timestamp NOT NULL
);
