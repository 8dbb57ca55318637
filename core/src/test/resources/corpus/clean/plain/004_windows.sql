CREATE VIEW running_total AS
SELECT account, booked_on, amount,
       sum(amount) OVER w AS balance,
       lag(amount, 1, 0::numeric) OVER w AS previous,
       ntile(4) OVER (ORDER BY amount) AS quarter,
       first_value(amount) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) AS first
FROM (VALUES (1, date '2024-01-01', 10.0), (1, date '2024-01-02', -4.5)) AS v (account, booked_on, amount)
WINDOW w AS (PARTITION BY account ORDER BY booked_on);
