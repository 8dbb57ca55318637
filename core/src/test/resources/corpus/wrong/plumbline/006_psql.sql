-- expect: psql-command:3
-- plumb:schema
\set x 1
SELECT 1;
-- plumb:undo
SELECT 1;
