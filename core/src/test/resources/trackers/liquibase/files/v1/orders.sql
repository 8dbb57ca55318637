--liquibase formatted sql

--changeset ada:1
CREATE TABLE orders (id integer);
--rollback DROP TABLE orders;

--changeset ada:2 runOnChange:true
CREATE INDEX orders_id ON orders (id);

-- changeset "ada b":"three words" splitStatements:false
SELECT 3;
