-- ${scale} copies of the same world, one after the other. A world has 1,400 students, 20 courses and
-- 5 groups in each course; every count below is per world.

INSERT INTO users (id, email, name)
SELECT id, 'student' || id || '@example.org', 'Student ' || id
FROM generate_series(1, ${scale} * 1400) AS id;

INSERT INTO courses (id, title)
SELECT id, 'Course ' || id FROM generate_series(1, ${scale} * 20) AS id;

INSERT INTO groups (id, course_id)
SELECT id, (id - 1) / 5 + 1 FROM generate_series(1, ${scale} * 100) AS id;

-- Each student takes three courses: 4,200 pairs. "lot" numbers them in another order, so that
-- what happens to a pair does not depend on where it stands.
CREATE TEMPORARY TABLE pairs AS
SELECT world * 1400 + student + 1 AS user_id,
       world * 20 + course + 1 AS course_id,
       (world * 20 + course) * 5 + 1 AS first_group,
       student,
       pair,
       pair * 1931 % 4200 AS lot
FROM generate_series(0, ${scale} - 1) AS world,
     generate_series(0, 4199) AS pair,
     LATERAL (SELECT pair / 3 AS student) AS s,
     LATERAL (SELECT (student + pair % 3 * 7) % 20 AS course) AS c;

-- 4,200 active memberships, and 800 more of students who are in two groups of one course.
INSERT INTO group_members (group_id, user_id, active)
SELECT first_group + student % 5, user_id, true FROM pairs ORDER BY user_id, course_id;

INSERT INTO group_members (group_id, user_id, active)
SELECT first_group + (student + 1) % 5, user_id, true FROM pairs WHERE pair % 21 < 4 ORDER BY user_id, course_id;

-- 310 pairs have no enrollment (lots 0 to 309), 45 an inactive one (lots 310 to 354).
INSERT INTO course_enrollments (course_id, student_id, active, created_at)
SELECT course_id, user_id, lot >= 355, timestamptz '2025-09-01 08:00:00+00' + pair * interval '1 minute'
FROM pairs
WHERE lot >= 310
ORDER BY user_id, course_id;

-- 340 inactive memberships of students who moved to another group of the course.
INSERT INTO group_members (group_id, user_id, active)
SELECT first_group + (student + 2) % 5, user_id, false
FROM pairs
WHERE lot BETWEEN 355 AND 694
ORDER BY user_id, course_id;

-- 360 inactive memberships of students who left their only group of a course. 300 of them are
-- still enrolled; 60 are not, which is as it should be and out of the invariant's scope.
CREATE TEMPORARY TABLE leavers AS
SELECT user_id, (first_group - 1) / 100 * 20 + (student + 2) % 20 + 1 AS course_id, student, pair
FROM pairs
WHERE pair % 3 = 0 AND student < 360;

INSERT INTO group_members (group_id, user_id, active)
SELECT (course_id - 1) * 5 + 1 + student % 5, user_id, false FROM leavers ORDER BY user_id;

INSERT INTO course_enrollments (course_id, student_id, active, created_at)
SELECT course_id, user_id, true, timestamptz '2025-09-01 08:00:00+00' + pair * interval '1 minute'
FROM leavers
WHERE student >= 60
ORDER BY user_id;

-- One team in each group, with seven assessments.
INSERT INTO project_teams (id, group_id, name)
SELECT 10000000 + id, id, 'Team of group ' || id FROM groups ORDER BY id;

INSERT INTO project_assessments (group_id, title)
SELECT g.id, 'Assessment ' || n FROM groups g, generate_series(1, 7) AS n ORDER BY g.id, n;

DROP TABLE leavers;
DROP TABLE pairs;

SELECT setval(pg_get_serial_sequence('users', 'id'), ${scale} * 1400);
SELECT setval(pg_get_serial_sequence('courses', 'id'), ${scale} * 20);
SELECT setval(pg_get_serial_sequence('groups', 'id'), ${scale} * 100);
SELECT setval(pg_get_serial_sequence('project_teams', 'id'), 10000000 + ${scale} * 100);

ANALYZE;
