-- expect: backfill-without-verify:3
-- plumb:expect 618 rows violate enrollment-total-lessons
-- plumb:backfill enrollment-total-lessons
-- plumb:undo
SELECT 1;
