-- expect: if-not-exists-unchecked:2
CREATE TABLE IF NOT EXISTS plans (id bigint PRIMARY KEY);
