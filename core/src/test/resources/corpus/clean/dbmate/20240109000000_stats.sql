-- migrate:up
CREATE MATERIALIZED VIEW loan_stats AS
  SELECT b.id AS book_id, count(*) AS loans, max(upper(l.during)) AS last
  FROM books b LEFT JOIN loans l ON l.book_id = b.id
  GROUP BY GROUPING SETS ((b.id), ())
WITH NO DATA;
CREATE UNIQUE INDEX loan_stats_book ON loan_stats (book_id);
REFRESH MATERIALIZED VIEW loan_stats;
-- migrate:down
DROP MATERIALIZED VIEW loan_stats;
