-- expect: transaction-in-file:2
BEGIN;
CREATE TABLE left_open (id int);
