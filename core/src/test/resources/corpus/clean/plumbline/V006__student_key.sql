-- plumb:schema
CREATE TABLE students (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
-- plumb:undo
DROP TABLE students;
