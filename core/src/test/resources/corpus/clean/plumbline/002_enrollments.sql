-- plumb:schema
CREATE TABLE course_enrollments (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    student_id    bigint NOT NULL,
    course_id     bigint NOT NULL REFERENCES courses (id),
    total_lessons integer
);
CREATE INDEX course_enrollments_course ON course_enrollments (course_id);
-- plumb:document
COMMENT ON TABLE course_enrollments IS 'Who takes which course.';
-- plumb:undo
DROP TABLE course_enrollments;
