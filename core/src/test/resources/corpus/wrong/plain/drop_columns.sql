-- expect: drop-column:3, drop-column:5
ALTER TABLE orders
  DROP COLUMN IF EXISTS note,
  ADD COLUMN remark text,
  DROP "oldNote" CASCADE;
