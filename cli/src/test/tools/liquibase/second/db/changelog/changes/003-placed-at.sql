--liquibase formatted sql

--changeset ada:4
CREATE INDEX IF NOT EXISTS idx_orders_placed_at ON orders (placed_at);
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0);

--changeset ada:5
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_name = 'orders'
CREATE INDEX idx_orders_total ON orders (total);

--changeset ada:6 failOnError:false
CREATE UNIQUE INDEX idx_customers_name_email ON customers (name);
