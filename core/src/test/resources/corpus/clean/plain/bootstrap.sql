\set ON_ERROR_STOP on
\set owner 'campus_owner'
\echo 'Creating the schema of' :owner

BEGIN;
CREATE SCHEMA campus AUTHORIZATION :owner;
SET search_path = campus, public;
CREATE TABLE campus.rooms (id int PRIMARY KEY, name text NOT NULL, area numeric CHECK (area > 0));
ALTER TABLE campus.rooms OWNER TO :"owner";
INSERT INTO campus.rooms (id, name) VALUES (1, :'owner');
COMMIT;

\if :{?with_demo}
\ir demo.sql
\endif
