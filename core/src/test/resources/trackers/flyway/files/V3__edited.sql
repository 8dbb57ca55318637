CREATE TABLE edited (id integer);
