-- expect: drop-column:2
ALTER TABLE orders DROP COLUMN note;
