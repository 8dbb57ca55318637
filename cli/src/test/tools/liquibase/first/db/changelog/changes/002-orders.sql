--liquibase formatted sql

--changeset ada:2
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  placed_at timestamptz NOT NULL DEFAULT now(),
  total numeric(10, 2) NOT NULL
);
--rollback DROP TABLE orders;

--changeset ada:3
CREATE INDEX idx_orders_customer_id ON orders (customer_id);
--rollback DROP INDEX idx_orders_customer_id;
