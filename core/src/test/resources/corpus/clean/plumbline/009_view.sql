-- plumb:schema
CREATE OR REPLACE VIEW popular_courses AS
    SELECT c.id, c.title, count(*) AS students
    FROM courses c JOIN course_enrollments e ON e.course_id = c.id
    GROUP BY c.id
    ORDER BY students DESC
    FETCH FIRST 10 ROWS WITH TIES;
-- plumb:undo
DROP VIEW popular_courses;
