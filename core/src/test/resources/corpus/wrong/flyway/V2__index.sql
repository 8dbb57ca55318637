-- expect: index-without-concurrently:2
CREATE INDEX orders_customer ON ${schema}.orders (customer_id);
