-- plumb:expect ~40 rows violate enrollment-has-student
-- plumb:schema
ALTER TABLE course_enrollments ADD CONSTRAINT course_enrollments_student_fk
    FOREIGN KEY (student_id) REFERENCES students (id) ON DELETE CASCADE NOT VALID;
-- plumb:backfill enrollment-has-student
-- plumb:verify enrollment-has-student
-- plumb:constrain
ALTER TABLE course_enrollments VALIDATE CONSTRAINT course_enrollments_student_fk;
-- plumb:undo
ALTER TABLE course_enrollments DROP CONSTRAINT course_enrollments_student_fk;
