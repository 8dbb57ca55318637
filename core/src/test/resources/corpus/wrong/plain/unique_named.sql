-- expect: unique-without-index:2
ALTER TABLE sales.orders ADD CONSTRAINT one_number UNIQUE NULLS NOT DISTINCT (number);
