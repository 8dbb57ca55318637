-- expect: volatile-default:5
ALTER TABLE orders
  ADD COLUMN a int,
  ADD COLUMN
    noted_at timestamptz DEFAULT clock_timestamp();
