CREATE INDEX CONCURRENTLY customer_order_state ON customer_order (state);
