-- ${scale} copies of the same world, one after the other. A world has 406 students, one admin and
-- 30 courses; every count below is per world.

INSERT INTO users (id, email, role)
SELECT id,
       CASE WHEN id % 407 = 0 THEN 'admin' ELSE 'student' END || id || '@example.org',
       CASE WHEN id % 407 = 0 THEN 'admin' ELSE 'student' END
FROM generate_series(1, ${scale} * 407) AS id;

INSERT INTO courses (id, title) SELECT id, 'Course ' || id FROM generate_series(1, ${scale} * 30) AS id;

-- Four courses for each student: 1,624 pairs. "lot" numbers them in another order, and decides:
--      0 to 1499   both rows, as it should be (from 1350 on completed)
--   1500 to 1536   37: progress without an enrollment (the first four with an approved request)
--   1537 to 1558   22: an active enrollment without progress
--   1559 to 1563    5: neither, although the request was approved
--   1564 to 1623   60: a cancelled enrollment without progress, which is fine
CREATE TEMPORARY TABLE pairs AS
SELECT world * 407 + student + 1 AS student_id,
       world * 30 + course + 1 AS course_id,
       world * 407 + 407 AS admin_id,
       lot,
       CASE WHEN lot BETWEEN 1350 AND 1499 THEN 100 ELSE lot * 37 % 100 END AS progress,
       timestamptz '2025-03-03 08:00:00+00' + lot * interval '3 hours' AS day
FROM generate_series(0, ${scale} - 1) AS world,
     generate_series(0, 1623) AS pair,
     LATERAL (SELECT pair / 4 AS student, pair * 1031 % 1624 AS lot) AS s,
     LATERAL (SELECT (student + pair % 4 * 7) % 30 AS course) AS c;

INSERT INTO enrollments (user_id, course_id, status, progress, enrolled_at, updated_at)
SELECT student_id, course_id,
       CASE WHEN lot >= 1564 THEN 'cancelled' WHEN progress = 100 THEN 'completed' ELSE 'active' END,
       progress, day, day + progress * interval '8 hours'
FROM pairs
WHERE lot < 1500 OR lot BETWEEN 1537 AND 1558 OR lot >= 1564
ORDER BY student_id, course_id;

INSERT INTO student_progress (student_id, course_id, completed_chapters, watched_videos, quiz_attempts,
  total_progress, last_accessed)
SELECT student_id, course_id,
       (SELECT coalesce(jsonb_agg(n), '[]') FROM generate_series(1, progress / 20) AS n),
       (SELECT coalesce(jsonb_agg(n), '[]') FROM generate_series(1, progress / 10) AS n),
       progress / 25, progress, day + progress * interval '8 hours'
FROM pairs
WHERE lot <= 1536
ORDER BY student_id, course_id;

-- 9 approved requests were not carried out, 60 were.
INSERT INTO access_requests (student_id, course_id, reason, status, requested_at, reviewed_at, reviewed_by)
SELECT student_id, course_id, 'Needed for my degree', 'approved', day - interval '48 hours', day, admin_id
FROM pairs
WHERE lot < 60 OR lot BETWEEN 1500 AND 1503 OR lot BETWEEN 1559 AND 1563
ORDER BY student_id, course_id;

-- 14 requests are pending although the student takes the course. 6 ask again after leaving.
INSERT INTO access_requests (student_id, course_id, reason, requested_at)
SELECT student_id, course_id, 'I cannot see the course', day + interval '24 hours'
FROM pairs
WHERE lot BETWEEN 100 AND 113 OR lot BETWEEN 1564 AND 1569
ORDER BY student_id, course_id;

-- 40 requests are pending and 25 rejected for a course that the student does not take.
INSERT INTO access_requests (student_id, course_id, reason, status, requested_at, reviewed_at, reviewed_by)
SELECT world * 407 + student + 1,
       world * 30 + (student + 3) % 30 + 1,
       'Curious',
       CASE WHEN student < 40 THEN 'pending' ELSE 'rejected' END,
       timestamptz '2025-10-01 08:00:00+00' + student * interval '1 hour',
       CASE WHEN student >= 40 THEN timestamptz '2025-10-08 08:00:00+00' END,
       CASE WHEN student >= 40 THEN world * 407 + 407 END
FROM generate_series(0, ${scale} - 1) AS world, generate_series(0, 64) AS student
ORDER BY world, student;

DROP TABLE pairs;

SELECT setval(pg_get_serial_sequence('users', 'id'), ${scale} * 407);
SELECT setval(pg_get_serial_sequence('courses', 'id'), ${scale} * 30);

ANALYZE;
