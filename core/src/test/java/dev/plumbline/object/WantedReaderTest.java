package dev.plumbline.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.Position;
import dev.plumbline.error.ProjectException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WantedReaderTest {
  private static List<Wanted> read(Dialect dialect, String... statements) {
    return WantedReader.read(
        dialect,
        Stream.of(statements)
            .map(sql -> new Fragment(sql, new Position(Path.of("a.yaml"), 2, 5), 1))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE a.t (id int)                       | a.t       | table a.t
          CREATE INDEX i ON t (a)                         | i         | index i on t
          ALTER TABLE t ADD COLUMN c int                  | t.c       | column c of t
          ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)    | t.k       | constraint k on t
          ALTER TABLE t ADD CHECK (a > 0)                 | t         | constraint without a name on t
          ALTER TABLE t ALTER COLUMN c SET NOT NULL       | t.c       | column c of t
          ALTER TABLE t VALIDATE CONSTRAINT k             | t.k       | constraint k on t
          ALTER TABLE t ENABLE TRIGGER g                  | t.g       | trigger g on t
          ALTER TABLE t FORCE ROW LEVEL SECURITY          | t         | table t
          CREATE TYPE m AS ENUM ('a')                     | m         | type m
          ALTER TYPE m ADD VALUE 'b'                      | m         | type m
          CREATE POLICY p ON t USING (true)               | t.p       | policy p on t
          CREATE EXTENSION x                              | x         | extension x
          COMMENT ON COLUMN t.c IS 'it'                   | t.c       | column c of t
          DROP FUNCTION f(int)                            | f         | function f(integer)
          """)
  void a_statement_has_the_name_of_what_it_is_about(String sql, String name, String label) {
    assertThat(read(new PostgresDialect(), sql))
        .singleElement()
        .satisfies(
            wanted -> {
              assertThat(wanted.name()).isEqualTo(name);
              assertThat(wanted.label()).isEqualTo(label);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE VIEW v AS SELECT 1 AS a",
        "ALTER TABLE t ALTER COLUMN c TYPE text, ALTER COLUMN c SET NOT NULL",
        "COMMENT ON TABLE t IS 'tee'",
        "ALTER TYPE m ADD VALUE 'b'"
      })
  void may_run_where_something_different_is_there(String sql) {
    assertThat(read(new PostgresDialect(), sql)).allMatch(Wanted::replaces);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE VIEW v AS SELECT 1 AS a",
        "CREATE TABLE IF NOT EXISTS t (id int)",
        "ALTER TABLE t ADD COLUMN IF NOT EXISTS c int, ALTER COLUMN c SET NOT NULL",
        "CREATE INDEX IF NOT EXISTS i ON t (a)"
      })
  void leaves_something_different_alone(String sql) {
    assertThat(read(new PostgresDialect(), sql)).noneMatch(Wanted::replaces);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t OWNER TO me",
        "ALTER TABLE t ENABLE TRIGGER ALL",
        "CREATE TEMPORARY TABLE t (id int)",
        "CREATE INDEX ON t (a)",
        "CREATE RULE r AS ON INSERT TO t DO NOTHING",
        "DO $$ BEGIN CREATE TABLE t (id int); END $$"
      })
  void what_cannot_be_looked_at_is_refused_at_its_line(String sql) {
    assertThatThrownBy(() -> read(new PostgresDialect(), "CREATE TABLE ok (id int)", sql))
        .isInstanceOfSatisfying(ProjectException.class, e -> assertThat(e.problems()).hasSize(1));
  }

  @Test
  void sqlite_needs_no_parser() {
    assertThat(
            read(
                new SqliteDialect(),
                "CREATE TABLE \"Odd t\" (id INTEGER)",
                "ALTER TABLE t ADD COLUMN c TEXT",
                "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
                "DROP VIEW v"))
        .extracting(Wanted::label)
        .containsExactly("table odd t", "column c of t", "trigger g on t", "view v");
  }
}
