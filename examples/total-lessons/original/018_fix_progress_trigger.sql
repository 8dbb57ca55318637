-- What was really deployed: the trigger is right from now on, and nobody filled in the rows that
-- were there. `plumb lint` says so before it runs.

CREATE OR REPLACE FUNCTION update_course_progress() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_course_id uuid;
  v_total integer;
  v_completed integer;
BEGIN
  SELECT l.course_id INTO v_course_id
  FROM lessons l
  WHERE l.id = NEW.lesson_id;

  SELECT count(*) INTO v_total
  FROM lessons l
  WHERE l.course_id = v_course_id;

  SELECT count(DISTINCT p.lesson_id) INTO v_completed
  FROM lesson_progress p
  JOIN lessons l ON l.id = p.lesson_id
  WHERE p.user_id = NEW.user_id AND l.course_id = v_course_id;

  UPDATE course_enrollments
  SET total_lessons = v_total,
      lessons_completed = v_completed,
      progress_percentage = CASE WHEN v_total = 0 THEN 0
                                 ELSE round(v_completed * 100.0 / v_total, 2) END,
      is_completed = v_total > 0 AND v_completed >= v_total,
      updated_at = now()
  WHERE user_id = NEW.user_id AND course_id = v_course_id;

  RETURN NEW;
END
$$;

DROP TRIGGER IF EXISTS lesson_progress_updates_course ON lesson_progress;

CREATE TRIGGER lesson_progress_updates_course
  AFTER INSERT OR UPDATE ON lesson_progress
  FOR EACH ROW EXECUTE FUNCTION update_course_progress();
