-- expect: not-null-without-backfill:2
ALTER TABLE orders ALTER COLUMN currency SET NOT NULL;
