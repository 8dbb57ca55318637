-- expect: cannot-run-in-transaction:3
SELECT 1;
CREATE INDEX CONCURRENTLY jobs_kind ON jobs (kind);
