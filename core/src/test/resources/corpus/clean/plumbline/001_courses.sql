-- plumb:schema
CREATE TABLE courses (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL
);

CREATE TABLE lessons (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    course_id bigint NOT NULL REFERENCES courses (id),
    position  int NOT NULL,
    UNIQUE (course_id, position) DEFERRABLE INITIALLY IMMEDIATE
);
-- plumb:undo
DROP TABLE lessons;
DROP TABLE courses;
