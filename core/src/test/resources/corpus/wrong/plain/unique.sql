-- expect: unique-without-index:2
ALTER TABLE orders ADD UNIQUE (customer_id, number);
