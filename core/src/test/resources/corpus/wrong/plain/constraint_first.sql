-- expect: constraint-before-backfill:2
ALTER TABLE orders ADD CONSTRAINT orders_state CHECK (state <> '');
UPDATE orders SET state = 'new' WHERE state = '' AND placed_on > '2020-01-01';
