-- expect: transaction-in-file:2
BEGIN;
INSERT INTO plans VALUES (1);
