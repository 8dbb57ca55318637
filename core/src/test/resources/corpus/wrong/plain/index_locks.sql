-- expect: index-without-concurrently:2
CREATE INDEX orders_customer ON orders (customer_id);
