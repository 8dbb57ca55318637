--liquibase formatted sql

--changeset ada:7 runInTransaction:false
CREATE TABLE invoices (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders (id)
);
CREATE UNIQUE INDEX CONCURRENTLY idx_customers_name ON customers (name);
