-- expect: missing-expect:2
-- plumb:backfill enrollment-total-lessons
-- plumb:verify enrollment-total-lessons
-- plumb:undo
SELECT 1;
