-- plumb:schema
-- expect: index-without-concurrently:3
CREATE INDEX lessons_course ON lessons (course_id);
-- plumb:undo
DROP INDEX lessons_course;
