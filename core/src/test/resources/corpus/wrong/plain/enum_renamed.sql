-- expect: enum-value-renamed:2
ALTER TYPE order_state RENAME VALUE 'sent' TO 'shipped';
