-- expect: cannot-run-in-transaction:4
BEGIN;
SELECT 1;
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
COMMIT;
