-- expect: drop-index-without-concurrently:2
DROP INDEX IF EXISTS orders_customer;
