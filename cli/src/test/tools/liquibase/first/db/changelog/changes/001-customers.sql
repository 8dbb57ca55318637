--liquibase formatted sql

--changeset ada:1
CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,
  name text
);
--rollback DROP TABLE customers;
