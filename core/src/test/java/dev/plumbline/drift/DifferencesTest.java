package dev.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DifferencesTest {
  private static final String MADE =
      "CREATE TABLE t (a int NOT NULL, b text DEFAULT 'x', CONSTRAINT c CHECK (a > 0));"
          + "CREATE INDEX i ON t (a) WHERE a > 5;"
          + "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
          + "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
          + "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g();"
          + "CREATE VIEW v AS SELECT a FROM t;"
          + "CREATE TYPE mood AS ENUM ('a', 'b');"
          + "CREATE POLICY p ON t USING (a > 1);"
          + "ALTER TABLE t ADD CONSTRAINT k UNIQUE (a)";

  private static List<String> between(TestDatabase left, TestDatabase right) {
    return new Differences(SnapshotTest.PARSER)
        .between(SnapshotTest.snapshot(left), SnapshotTest.snapshot(right)).stream()
            .map(DifferencesTest::shown)
            .toList();
  }

  private static String shown(Difference d) {
    String side = d.left().isEmpty() ? "right only" : d.right().isEmpty() ? "left only" : "differ";
    return d.key() + ": " + side + (d.certain() ? "" : "?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE t ALTER b TYPE varchar(9)                   | column b of t: differ",
        "ALTER TABLE t ALTER a DROP NOT NULL                     | column a of t: differ",
        "ALTER TABLE t ALTER b SET DEFAULT 'y'                   | column b of t: differ",
        "ALTER TABLE t ALTER b DROP DEFAULT                      | column b of t: differ",
        "ALTER TABLE t ADD d int                                 | column d of t: right only",
        "ALTER TABLE t DROP b                                    | column b of t: left only",
        "DROP INDEX i; CREATE INDEX i ON t (a) WHERE a > 6       | index i on t: differ",
        "DROP INDEX i; CREATE INDEX i ON t (a) WITH (fillfactor = 50) WHERE a > 5 | index i on t: differ",
        "ALTER TABLE t DROP CONSTRAINT c; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID | constraint c on t: differ",
        "ALTER TABLE t DROP CONSTRAINT c; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1) | constraint c on t: differ",
        "ALTER TABLE t DISABLE TRIGGER g                         | trigger g on t: differ",
        "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2' | function f(): differ",
        "CREATE OR REPLACE VIEW v AS SELECT a FROM t WHERE a > 1 | view v: differ",
        "ALTER TYPE mood ADD VALUE 'c'                           | type mood: differ",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY                 | table t: differ",
        "ALTER POLICY p ON t USING (a > 2)                       | policy p on t: differ",
        "COMMENT ON TABLE t IS 'x'                               | table t: differ",
        "CREATE TABLE u (id int PRIMARY KEY)                     | table u: right only",
        "ALTER TABLE t ALTER b SET DEFAULT 'x'::varchar          | none",
      })
  void tells_what_another_statement_changed(String change, String expected) {
    try (TestDatabase left = TestDatabase.postgres();
        TestDatabase right = TestDatabase.postgres()) {
      left.execute(MADE.split(";(?! END)", -1));
      right.execute(MADE.split(";(?! END)", -1));
      right.execute(change.split("; ", -1));
      assertThat(between(left, right))
          .containsExactlyElementsOf(expected.equals("none") ? List.of() : List.of(expected));
    }
  }

  @EnabledIf("dev.plumbline.parser.PostgresParser#isAvailable")
  @Test
  void a_dump_and_restore_is_no_difference() {
    try (TestDatabase left = TestDatabase.postgres();
        TestDatabase right = TestDatabase.postgres()) {
      left.execute("CREATE TABLE t (a varchar, CONSTRAINT c CHECK (a IN ('x', 'y')))");
      right.execute(
          "CREATE TABLE t (a varchar)",
          "ALTER TABLE t ADD CONSTRAINT c CHECK (((a)::text = ANY"
              + " (ARRAY[('x'::character varying)::text, ('y'::character varying)::text])))");
      assertThat(SnapshotTest.snapshot(left)).isNotEqualTo(SnapshotTest.snapshot(right));
      assertThat(between(left, right)).isEmpty();
    }
  }

  @Test
  void sqlite_does_not_mind_how_it_is_written() {
    try (TestDatabase left = TestDatabase.sqlite();
        TestDatabase right = TestDatabase.sqlite()) {
      left.execute("CREATE TABLE t (a TEXT, b INTEGER)", "CREATE INDEX i ON t (a)");
      right.execute("create table \"t\" (a TEXT)", "ALTER TABLE t ADD COLUMN b INTEGER");
      assertThat(between(left, right)).containsExactly("index i on t: left only");
    }
  }
}
