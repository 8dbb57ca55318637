-- expect: auto-number-column:2
ALTER TABLE orders ADD COLUMN number serial;
