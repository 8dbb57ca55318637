-- expect: truncate-cascade:2
TRUNCATE TABLE orders RESTART IDENTITY CASCADE;
