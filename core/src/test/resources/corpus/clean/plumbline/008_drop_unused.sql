-- plumb:schema
-- plumb:allow drop-column nothing reads it since 4.2; kept in lessons_position_kept
ALTER TABLE lessons DROP COLUMN IF EXISTS old_position;
-- plumb:undo
ALTER TABLE lessons ADD COLUMN old_position int;
