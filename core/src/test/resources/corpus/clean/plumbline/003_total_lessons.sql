-- plumb:expect 618 rows violate enrollment-total-lessons
-- plumb:schema
CREATE OR REPLACE FUNCTION enrollment_lessons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.total_lessons := (SELECT count(*) FROM lessons WHERE course_id = NEW.course_id);
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER enrollment_lessons BEFORE INSERT ON course_enrollments
    FOR EACH ROW EXECUTE FUNCTION enrollment_lessons();
-- plumb:backfill enrollment-total-lessons
-- plumb:verify enrollment-total-lessons
-- plumb:constrain
ALTER TABLE course_enrollments ALTER COLUMN total_lessons SET NOT NULL;
-- plumb:document
COMMENT ON COLUMN course_enrollments.total_lessons IS 'Lessons of the course; kept by a trigger.';
-- plumb:undo
ALTER TABLE course_enrollments ALTER COLUMN total_lessons DROP NOT NULL;
DROP TRIGGER enrollment_lessons ON course_enrollments;
DROP FUNCTION enrollment_lessons();
