-- expect: index-without-concurrently:5
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_indexes WHERE indexname = 'orders_day') THEN
    CREATE INDEX orders_day ON orders (placed_on);
  END IF;
END $$;
