CREATE TABLE ${prefix}_late (id integer);
