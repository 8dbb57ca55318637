-- expect: drop-of-backfill-source:3
UPDATE orders SET customer_name = c.name FROM old_customers c WHERE c.id = orders.customer_id AND orders.customer_name IS NULL;
DROP TABLE IF EXISTS old_customers;
