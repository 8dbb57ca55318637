--liquibase formatted sql

--changeset ada:4 runInTransaction:false
CREATE TABLE shipments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders (id)
);
SELECT pg_terminate_backend(pg_backend_pid());
