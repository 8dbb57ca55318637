-- expect: missing-undo:3, drop-column:4
-- What went there?
-- plumb:schema
ALTER TABLE lessons DROP COLUMN position;
