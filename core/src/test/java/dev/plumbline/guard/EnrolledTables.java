package dev.plumbline.guard;

import dev.plumbline.testkit.TestDatabase;

/** Case 3's tables, small. */
final class EnrolledTables {
  private EnrolledTables() {}

  static void make(TestDatabase database) {
    database.execute(
        "CREATE TABLE users (id bigint PRIMARY KEY, email text)",
        "CREATE TABLE courses (id bigint PRIMARY KEY, title text)",
        "CREATE TABLE groups (id bigint PRIMARY KEY, course_id bigint NOT NULL REFERENCES courses)",
        "CREATE TABLE group_members (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " group_id bigint NOT NULL REFERENCES groups,"
            + " user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,"
            + " active boolean NOT NULL DEFAULT true)",
        "CREATE TABLE course_enrollments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " course_id bigint NOT NULL REFERENCES courses,"
            + " student_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,"
            + " active boolean NOT NULL DEFAULT true, origin text)",
        "CREATE UNIQUE INDEX once ON course_enrollments (course_id, student_id)",
        "CREATE INDEX ON group_members (user_id)",
        "CREATE INDEX ON group_members (group_id)",
        "INSERT INTO users SELECT i, 'u' || i FROM generate_series(1, 9) i",
        "INSERT INTO courses SELECT i, 'c' || i FROM generate_series(1, 5) i",
        "INSERT INTO groups SELECT i, i FROM generate_series(1, 5) i");
  }
}
