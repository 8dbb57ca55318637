-- expect: drop-type-cascade:2
DROP TYPE IF EXISTS mood CASCADE;
