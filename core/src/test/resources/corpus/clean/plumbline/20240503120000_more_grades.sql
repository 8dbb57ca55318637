-- plumb:schema
ALTER TYPE grade ADD VALUE 'D';
-- plumb:undo
SELECT 'a value of an enum cannot be taken back';
