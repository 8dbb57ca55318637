-- expect: drop-table:2, drop-without-if-exists:2
DROP TABLE orders CASCADE;
