-- expect: guarantee-removed:2
ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_total;
