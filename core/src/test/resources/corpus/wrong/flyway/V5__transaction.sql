-- expect: transaction-in-file:2, transaction-in-file:4
BEGIN;
INSERT INTO plans VALUES (1);
COMMIT;
