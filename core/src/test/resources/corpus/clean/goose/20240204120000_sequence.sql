-- +goose Up
CREATE SEQUENCE invoice_number START WITH 1000 INCREMENT BY 1 CACHE 1 NO CYCLE;
CREATE TABLE invoices (
    number bigint PRIMARY KEY DEFAULT nextval('invoice_number'),
    "user" int NOT NULL REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED
);
ALTER SEQUENCE invoice_number OWNED BY invoices.number;
SELECT setval('invoice_number', 2000, false);
-- +goose Down
DROP TABLE invoices;
