-- expect: drop-type-cascade:2
DROP EXTENSION IF EXISTS hstore CASCADE;
