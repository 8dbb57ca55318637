-- expect: drop-index-without-concurrently:2, drop-without-if-exists:2
DROP INDEX sales.orders_customer;
