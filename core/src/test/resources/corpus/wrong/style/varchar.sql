-- expect: text-over-varchar:2
CREATE TABLE plans (id bigint PRIMARY KEY, name varchar(255));
