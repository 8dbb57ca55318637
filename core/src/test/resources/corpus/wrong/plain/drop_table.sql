-- expect: drop-table:2
DROP TABLE IF EXISTS orders;
