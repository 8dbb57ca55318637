-- plumb:schema
CREATE INDEX CONCURRENTLY course_enrollments_student ON course_enrollments (student_id);
-- plumb:undo
DROP INDEX CONCURRENTLY course_enrollments_student;
