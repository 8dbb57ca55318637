-- expect: bad-directive:4
-- plumb:constrain
SELECT 1;
-- plumb:schema
SELECT 2;
-- plumb:undo
SELECT 3;
