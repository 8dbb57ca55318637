-- expect: type-change-rewrites:2
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
