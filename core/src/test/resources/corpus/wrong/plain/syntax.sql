-- expect: syntax-error:3, syntax-error:5
SELECT 1;
CREAT TABLE x (id int);
CREATE TABLE y (id int);
SELECT FROM WHERE;
