CREATE EXTENSION IF NOT EXISTS postgres_fdw;
CREATE SERVER warehouse FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'warehouse', dbname 'dw', port '5432');
CREATE USER MAPPING FOR CURRENT_USER SERVER warehouse OPTIONS (user 'reader', password 'not-here');
CREATE FOREIGN TABLE dw_sales (id bigint, total numeric OPTIONS (column_name 'sum_total')) SERVER warehouse;
IMPORT FOREIGN SCHEMA public LIMIT TO (customers) FROM SERVER warehouse INTO public;
