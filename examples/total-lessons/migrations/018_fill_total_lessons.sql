-- The trigger that kept course_enrollments.total_lessons right was broken. The first attempt
-- replaced it and stopped there; this migration fills the rows that were already there as well.

-- plumb:expect 618 rows violate enrollment-total-lessons

-- plumb:schema
CREATE OR REPLACE FUNCTION set_total_lessons() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.total_lessons := (SELECT count(*) FROM lessons l WHERE l.course_id = NEW.course_id);
  RETURN NEW;
END;
$$;

CREATE TRIGGER course_enrollments_total_lessons
BEFORE INSERT OR UPDATE OF course_id ON course_enrollments
FOR EACH ROW EXECUTE FUNCTION set_total_lessons();

CREATE OR REPLACE FUNCTION refresh_total_lessons() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE course_enrollments e
  SET total_lessons = (SELECT count(*) FROM lessons l WHERE l.course_id = e.course_id)
  WHERE e.course_id IN (OLD.course_id, NEW.course_id);
  RETURN NULL;
END;
$$;

CREATE TRIGGER lessons_total_lessons
AFTER INSERT OR DELETE OR UPDATE OF course_id ON lessons
FOR EACH ROW EXECUTE FUNCTION refresh_total_lessons();

-- plumb:backfill enrollment-total-lessons

-- plumb:verify enrollment-total-lessons

-- plumb:constrain
-- 0 stays possible: a course may have no lessons. A row that nobody filled may not.
ALTER TABLE course_enrollments
  ADD CONSTRAINT course_enrollments_total_lessons_filled CHECK (total_lessons IS NOT NULL) NOT VALID;
ALTER TABLE course_enrollments VALIDATE CONSTRAINT course_enrollments_total_lessons_filled;
ALTER TABLE course_enrollments ALTER COLUMN total_lessons SET NOT NULL;
ALTER TABLE course_enrollments DROP CONSTRAINT course_enrollments_total_lessons_filled;
ALTER TABLE course_enrollments ALTER COLUMN total_lessons DROP DEFAULT;

-- plumb:document
COMMENT ON COLUMN course_enrollments.total_lessons IS
  'The number of lessons in the course. Kept by triggers on course_enrollments and lessons.';

-- plumb:undo
COMMENT ON COLUMN course_enrollments.total_lessons IS NULL;
ALTER TABLE course_enrollments ALTER COLUMN total_lessons SET DEFAULT 0;
ALTER TABLE course_enrollments ALTER COLUMN total_lessons DROP NOT NULL;
DROP TRIGGER lessons_total_lessons ON lessons;
DROP TRIGGER course_enrollments_total_lessons ON course_enrollments;
DROP FUNCTION refresh_total_lessons();
DROP FUNCTION set_total_lessons();
