-- expect: cannot-run-in-transaction:3
INSERT INTO plans VALUES (1);
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
