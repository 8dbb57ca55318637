CREATE ROLE app_writer NOINHERIT;
CREATE TABLE payroll (person text PRIMARY KEY, salary numeric);
REVOKE ALL ON payroll FROM PUBLIC;
GRANT SELECT (person), UPDATE (salary) ON payroll TO app_writer WITH GRANT OPTION;
SECURITY LABEL FOR anon ON COLUMN payroll.salary IS 'MASKED WITH VALUE 0';
ALTER ROLE app_writer SET statement_timeout = '5s';
ALTER DATABASE campus SET work_mem = '8MB';
