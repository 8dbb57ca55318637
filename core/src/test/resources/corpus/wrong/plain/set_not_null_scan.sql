-- expect: not-null-scan:3
UPDATE orders SET currency = 'EUR' WHERE currency IS NULL AND country = 'DE';
ALTER TABLE orders ALTER COLUMN currency SET NOT NULL;
