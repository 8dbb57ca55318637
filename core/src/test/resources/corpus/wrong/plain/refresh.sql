-- expect: refresh-without-concurrently:2
REFRESH MATERIALIZED VIEW reports.daily_sales WITH DATA;
