-- migrate:up transaction:false
CREATE UNIQUE INDEX CONCURRENTLY idx_customers_name ON customers (name);

-- migrate:down
DROP INDEX idx_customers_name;
