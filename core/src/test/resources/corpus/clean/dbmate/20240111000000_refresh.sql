-- migrate:up
REFRESH MATERIALIZED VIEW CONCURRENTLY loan_stats;
-- migrate:down
SELECT 1;
