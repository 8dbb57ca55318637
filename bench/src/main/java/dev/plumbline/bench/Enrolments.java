package dev.plumbline.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The table that every measurement starts from: enrolments whose {@code total_lessons} must equal
 * the number of lessons of their course. Each measurement gets a fresh copy of it, vacuumed and
 * checkpointed, and its result is checked afterwards.
 */
final class Enrolments {
  private final Connection connection;
  private final long rows;

  Enrolments(Connection connection, long rows) {
    this.connection = connection;
    this.rows = rows;
  }

  long rows() {
    return rows;
  }

  /** Makes the courses, the lessons and the patterns from which the table is copied. */
  void generate() throws SQLException {
    execute(
        "CREATE TABLE lessons (id bigint PRIMARY KEY, course_id bigint NOT NULL)",
        """
        INSERT INTO lessons
        SELECT row_number() OVER (), c FROM generate_series(1, 5000) AS c,
          LATERAL generate_series(1, 1 + c % 19) AS l""",
        "CREATE INDEX lessons_course ON lessons (course_id)",
        """
        CREATE UNLOGGED TABLE pattern AS
        SELECT i AS id, 1 + i * 7919 %% 1000003 AS user_id, 1 + i * 104729 %% 5000 AS course_id
        FROM generate_series(CAST(1 AS bigint), %d) AS i"""
            .formatted(rows),
        "CREATE TABLE counts AS SELECT course_id, count(*)::int AS n FROM lessons GROUP BY 1",
        "CREATE UNIQUE INDEX counts_course ON counts (course_id)",
        "VACUUM ANALYZE lessons",
        "VACUUM ANALYZE counts");
  }

  /**
   * The table anew.
   *
   * @param everyNth which rows violate: 1 for all, 100 for one percent
   */
  void fresh(int everyNth) throws SQLException {
    execute(
        "DROP TABLE IF EXISTS enrolments",
        """
        CREATE TABLE enrolments (
          id bigint NOT NULL, user_id bigint NOT NULL, course_id bigint NOT NULL,
          total_lessons int DEFAULT 0, lessons_completed int NOT NULL,
          progress numeric(5,2) NOT NULL, created_at timestamptz NOT NULL)""",
        """
        INSERT INTO enrolments
        SELECT p.id, p.user_id, p.course_id, CASE WHEN p.id %% %d = 0 THEN 0 ELSE c.n END,
          p.id %% 7, 12.5, timestamptz '2025-01-01' + p.id * interval '1 second'
        FROM pattern p JOIN counts c USING (course_id) ORDER BY p.id"""
            .formatted(everyNth),
        "ALTER TABLE enrolments ADD PRIMARY KEY (id)",
        "VACUUM ANALYZE enrolments",
        "CHECKPOINT");
  }

  /** How many rows violate; computed by other SQL than what is measured. */
  long wrong() throws SQLException {
    return number(
        """
        SELECT count(*) FROM enrolments e
        WHERE e.total_lessons IS DISTINCT FROM
          (SELECT n FROM counts c WHERE c.course_id = e.course_id)""");
  }

  long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
