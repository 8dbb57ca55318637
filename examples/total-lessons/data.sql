-- ${scale} copies of the same world, one after the other; the schools stay the same twelve.
-- A world has 36 courses with 4 to 21 lessons and 4 courses without any; every count below is per world.

INSERT INTO schools (id, name)
SELECT id, 'School ' || id FROM unnest(ARRAY[1, 2, 3, 5, 8, 9, 12, 14, 17, 21, 25, 30]) AS id;

INSERT INTO courses (id, title)
SELECT md5('course/' || world || '/' || course)::uuid, 'Course ' || world || '.' || course
FROM generate_series(1, ${scale}) AS world, generate_series(1, 40) AS course;

INSERT INTO lessons (id, course_id)
SELECT md5('lesson/' || world || '/' || course || '/' || lesson)::uuid,
       md5('course/' || world || '/' || course)::uuid
FROM generate_series(1, ${scale}) AS world,
     generate_series(1, 36) AS course,
     generate_series(1, 4 + course * 7 % 18) AS lesson;

-- One block in each lesson, two in every third.
INSERT INTO blocks (id, lesson_id)
SELECT md5('block/' || world || '/' || course || '/' || lesson || '/' || block)::uuid,
       md5('lesson/' || world || '/' || course || '/' || lesson)::uuid
FROM generate_series(1, ${scale}) AS world,
     generate_series(1, 36) AS course,
     generate_series(1, 4 + course * 7 % 18) AS lesson,
     generate_series(1, CASE WHEN lesson % 3 = 0 THEN 2 ELSE 1 END) AS block;

-- How many enrollments each school has: unfilled (the fault), filled, and in courses without lessons.
-- A user has six enrollments in courses with lessons, the last user of a school perhaps fewer.
-- Days are written as hours, so that the session's time zone changes nothing.
CREATE TEMPORARY TABLE intake (school_id integer, unfilled integer, filled integer, empty integer);

INSERT INTO intake (school_id, unfilled, filled, empty) VALUES
  (9, 158, 402, 8),
  (3, 41, 219, 4),
  (17, 38, 202, 4),
  (25, 29, 171, 3),
  (2, 21, 159, 3),
  (5, 17, 143, 2),
  (12, 14, 126, 2),
  (21, 12, 118, 2),
  (1, 0, 190, 2),
  (8, 0, 150, 1),
  (14, 0, 100, 1),
  (NULL, 288, 420, 9);

CREATE TEMPORARY TABLE planned_enrollments AS
SELECT world, school_id, n, n <= unfilled AS is_unfilled, person,
       md5('user/' || world || '/' || coalesce(school_id, 0) || '/' || person)::uuid AS user_id,
       course, 4 + course * 7 % 18 AS lessons,
       CASE WHEN n % 40 = 0 THEN 4 + course * 7 % 18 ELSE n % 4 END AS completed,
       CASE
         WHEN n > unfilled THEN timestamptz '2025-06-02 08:00:00+00' + n % 150 * interval '24 hours'
         WHEN school_id IS NULL THEN timestamptz '2025-10-18 10:00:00+00'
         ELSE timestamptz '2025-07-01 08:00:00+00' + n % 75 * interval '24 hours'
       END + n % 480 * interval '1 minute' AS created_at
FROM generate_series(1, ${scale}) AS world,
     intake,
     generate_series(1, unfilled + filled) AS n,
     LATERAL (SELECT (n - 1) / 6 + 1 AS person) AS p,
     LATERAL (SELECT (n - 1) % 6 * 6 + person % 6 + 1 AS course) AS c;

INSERT INTO user_roles (user_id, school_id, role_type, is_active)
SELECT user_id, school_id, 'student', person % 20 <> 0
FROM planned_enrollments
WHERE school_id IS NOT NULL
GROUP BY user_id, school_id, person;

-- The unfilled rows hold 0, and NULL in every third.
INSERT INTO course_enrollments (id, user_id, course_id, total_lessons, lessons_completed,
  progress_percentage, is_completed, completed_at, created_at, updated_at)
SELECT md5('enrollment/' || world || '/' || coalesce(school_id, 0) || '/' || n)::uuid,
       user_id,
       md5('course/' || world || '/' || course)::uuid,
       CASE WHEN NOT is_unfilled THEN lessons WHEN n % 3 <> 0 THEN 0 END,
       completed,
       round(100.0 * completed / lessons, 2),
       completed = lessons,
       CASE WHEN completed = lessons THEN created_at + interval '288 hours' END,
       created_at,
       created_at + completed * interval '24 hours'
FROM planned_enrollments;

-- In a course without lessons 0 is right, and stays possible.
INSERT INTO course_enrollments (id, user_id, course_id, total_lessons, lessons_completed,
  progress_percentage, is_completed, completed_at, created_at, updated_at)
SELECT md5('enrollment/' || world || '/' || coalesce(school_id, 0) || '/empty/' || person)::uuid,
       md5('user/' || world || '/' || coalesce(school_id, 0) || '/' || person)::uuid,
       md5('course/' || world || '/' || 37 + person % 4)::uuid,
       0, 0, 0, false, NULL, created_at, created_at
FROM generate_series(1, ${scale}) AS world,
     intake,
     generate_series(1, empty) AS person,
     LATERAL (SELECT timestamptz '2025-08-20 09:00:00+00' + person * interval '120 hours' AS created_at) AS t;

INSERT INTO lesson_progress (id, user_id, lesson_id, block_id, completed_at)
SELECT md5('progress/' || user_id || '/' || course || '/' || lesson || '/' || block)::uuid,
       user_id,
       md5('lesson/' || world || '/' || course || '/' || lesson)::uuid,
       md5('block/' || world || '/' || course || '/' || lesson || '/' || block)::uuid,
       created_at + lesson * interval '24 hours'
FROM planned_enrollments,
     generate_series(1, completed) AS lesson,
     generate_series(1, CASE WHEN lesson % 3 = 0 THEN 2 ELSE 1 END) AS block;

DROP TABLE planned_enrollments;
DROP TABLE intake;

ANALYZE;
