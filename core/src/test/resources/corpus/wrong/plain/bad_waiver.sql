-- expect: bad-allow:2, drop-column:3
-- plumb:allow drop-column
ALTER TABLE orders DROP COLUMN note;
