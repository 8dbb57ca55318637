-- expect: not-valid-never-validated:3, not-valid-never-validated:4, several-foreign-keys:4
SET lock_timeout = '2s';
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_courier FOREIGN KEY (courier_id) REFERENCES couriers (id) NOT VALID;
