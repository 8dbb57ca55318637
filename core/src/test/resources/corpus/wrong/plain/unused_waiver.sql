-- expect: unused-allow:2
-- plumb:allow drop-column it was there once
SELECT 1;
