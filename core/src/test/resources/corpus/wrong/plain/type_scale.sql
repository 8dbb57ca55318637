-- expect: type-change-rewrites:2
ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 4);
