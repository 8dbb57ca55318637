-- expect: transaction-in-file:4
-- plumb:schema
CREATE TABLE plans (id bigint PRIMARY KEY);
COMMIT;
-- plumb:undo
DROP TABLE plans;
