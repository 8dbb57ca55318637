-- plumb:schema
CREATE TYPE grade AS ENUM ('A', 'B', 'C');
CREATE TABLE grades (student_id bigint PRIMARY KEY, grade grade NOT NULL);
-- plumb:undo
DROP TABLE grades;
DROP TYPE grade;
