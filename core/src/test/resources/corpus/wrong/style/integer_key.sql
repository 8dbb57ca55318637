-- expect: short-key:2
CREATE TABLE plans (id int GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (id));
