-- expect: guarantee-removed:2
ALTER TABLE orders ALTER COLUMN customer_id DROP NOT NULL;
