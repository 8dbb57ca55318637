-- expect: reindex-without-concurrently:2
REINDEX INDEX orders_customer;
