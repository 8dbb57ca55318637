-- expect: type-change-rewrites:2
ALTER TABLE orders ALTER COLUMN placed_at TYPE timestamptz;
