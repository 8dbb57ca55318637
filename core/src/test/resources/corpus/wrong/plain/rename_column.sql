-- expect: rename-column:2
ALTER TABLE orders RENAME total TO amount;
