CREATE VIEW paid_order AS
SELECT o.id, o.gross, o.placed_on,
       rank() OVER (PARTITION BY date_trunc('month', o.placed_on) ORDER BY o.gross DESC) AS rank_in_month
FROM customer_order o
WHERE o.state IN ('paid', 'sent')
WITH LOCAL CHECK OPTION;

CREATE OR REPLACE VIEW reporting_month (month, orders, total) AS
WITH months AS (
    SELECT generate_series(date '2024-01-01', CURRENT_DATE, interval '1 month')::date AS month
)
SELECT m.month, count(o.id), coalesce(sum(o.gross), 0)
FROM months m
LEFT JOIN customer_order o ON o.placed_on >= m.month AND o.placed_on < m.month + interval '1 month'
GROUP BY m.month;
