-- expect: foreign-key-without-not-valid:2
ALTER TABLE orders ADD COLUMN courier_id bigint REFERENCES couriers;
