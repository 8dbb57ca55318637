-- plumb:expect 0..20 rows violate lesson-position-positive
-- plumb:schema
ALTER TABLE lessons ADD CONSTRAINT lessons_position CHECK (position > 0) NOT VALID;
-- plumb:backfill lesson-position-positive
-- plumb:verify lesson-position-positive
-- plumb:constrain
ALTER TABLE lessons VALIDATE CONSTRAINT lessons_position;
-- plumb:undo
ALTER TABLE lessons DROP CONSTRAINT lessons_position;
