-- expect: not-null-without-backfill:2
ALTER TABLE orders ADD COLUMN currency text NOT NULL;
