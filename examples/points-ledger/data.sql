-- ${scale} copies of the same world, one after the other. A world has 24 users and 70 user-days with
-- points; every count below is per world.

-- Recorded as applied: 5d2f8c1a9e37, which should have made eleven indexes, and after it
-- 9b40e7d6c215, which failed half-way while dropping indexes that were not there.
INSERT INTO alembic_version (version_num) VALUES ('9b40e7d6c215');

INSERT INTO users (id, email)
WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${scale} * 24)
SELECT id, 'user' || id || '@example.org' FROM n;

-- The user-days, each with five or six entries: two or three diary entries, a goal every third day,
-- and login bonuses. The new code missed the last 19 user-days: three entries of most,
-- all of two, fewer of three, 57 together.
CREATE TEMPORARY TABLE user_days AS
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${scale} * 70)
SELECT i / 70 AS world,
       i % 70 AS day,
       i / 70 * 24 + i % 70 % 24 + 1 AS user_id,
       date('2025-06-02', '+' || (i % 70 / 24 * 9 + i % 70 % 5) || ' days') AS date,
       2 + i % 70 % 2 AS diary_entries,
       i % 70 % 3 = 0 AS goals,
       CASE WHEN i % 70 % 5 < 3 THEN 6 ELSE 5 END AS entries,
       CASE
         WHEN i % 70 < 51 THEN 0
         WHEN i % 70 = 60 THEN 6
         WHEN i % 70 = 64 THEN 5
         WHEN i % 70 IN (53, 56) THEN 1
         WHEN i % 70 = 58 THEN 2
         ELSE 3
       END AS missed
FROM n;

-- The complete ledger: 392 entries.
CREATE TEMPORARY TABLE complete AS
WITH
  entries AS (
    SELECT d.*, n.value AS entry,
           CASE
             WHEN n.value <= diary_entries THEN 'diary_entry'
             WHEN n.value <= diary_entries + goals THEN 'goal'
             ELSE 'login'
           END AS source_type,
           (n.value + day) % entries < missed AS is_missed
    FROM user_days d
    JOIN json_each('[1,2,3,4,5,6]') n ON n.value <= d.entries)
SELECT world, day, user_id, date, entry, is_missed, source_type,
       CASE WHEN source_type <> 'login' THEN
         row_number() OVER (PARTITION BY source_type ORDER BY world, day, entry)
       END AS source_id,
       CASE
         WHEN source_type = 'diary_entry' THEN CASE WHEN (day + entry) % 3 = 0 THEN 2 ELSE 5 END
         WHEN source_type = 'goal' THEN CASE WHEN day % 2 = 0 THEN 10 ELSE 1 END
         ELSE 1
       END AS points
FROM entries;

INSERT INTO diary_entry (id, user_id, entry_date, rating, content)
SELECT source_id, user_id, date, CASE WHEN points = 5 THEN 1 ELSE -1 END, 'Entry ' || source_id
FROM complete
WHERE source_type = 'diary_entry'
ORDER BY source_id;

INSERT INTO goals (id, user_id, title, week_start, week_end, status)
SELECT source_id, user_id, 'Goal ' || source_id, date(date, '-6 days'), date,
       CASE WHEN points = 10 THEN 'completed' ELSE 'failed' END
FROM complete
WHERE source_type = 'goal'
ORDER BY source_id;

-- Goals of a week that has not ended earn nothing yet.
INSERT INTO goals (user_id, title, week_start, week_end)
SELECT id, 'This week', '2025-06-23', '2025-06-29' FROM users ORDER BY id;

INSERT INTO daily_stats (user_id, date, points, created_at)
SELECT user_id, date, sum(points), date || ' 21:00:00'
FROM complete
GROUP BY world, day, user_id, date
ORDER BY world, day;

-- Days without points are no concern of the ledger.
INSERT INTO daily_stats (user_id, date, points, created_at)
SELECT id, '2025-06-01', 0, '2025-06-01 21:00:00' FROM users ORDER BY id;

INSERT INTO points_log (user_id, date, points, source_type, source_id, description, created_at)
SELECT user_id, date, points, source_type, source_id,
       CASE source_type
         WHEN 'diary_entry' THEN 'Diary entry'
         WHEN 'goal' THEN CASE WHEN points = 10 THEN 'Goal completed' ELSE 'Goal failed' END
         ELSE 'Login bonus'
       END,
       date || ' 21:00:00'
FROM complete
WHERE NOT is_missed
ORDER BY world, day, entry;

-- One diary entry was deleted and taken out of its day's total, but not out of the ledger: that
-- day has more there than the total says, and no further entry can mend it.
INSERT INTO points_log (user_id, date, points, source_type, source_id, description, created_at)
SELECT user_id, date, 5, 'diary_entry', ${scale} * 1000 + world, 'Diary entry', date || ' 20:00:00'
FROM user_days
WHERE day = 7
ORDER BY world;

DROP TABLE complete;
DROP TABLE user_days;
