package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.MigrationName;
import dev.plumbline.migration.RowCount;
import dev.plumbline.migration.Version;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migration files: names, directives, steps, and what is wrong with them. */
class MigrationReaderTest {
  private static final Path FILE = Path.of("migrations/018_fill_total_lessons.sql");

  private static Migration read(String text) {
    return MigrationReader.read(FILE, text);
  }

  /** Each problem as "line:column what". */
  private static List<String> problems(String text) {
    ProjectException thrown = catchThrowableOfType(ProjectException.class, () -> read(text));
    assertThat(thrown).as("it is refused").isNotNull();
    return thrown.problems().stream().map(MigrationReaderTest::shown).toList();
  }

  private static String shown(Problem problem) {
    return problem.position().line() + ":" + problem.position().column() + " " + problem.what();
  }

  @Test
  void six_steps_and_their_way_back() {
    Migration migration =
        read(
            """
            -- What everybody should know.
            -- plumb:expect 618 rows violate enrollment-total-lessons
            -- plumb:schema
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$
            -- plumb:backfill within-a-body
            BEGIN RETURN NEW; END $$;
            -- plumb:backfill enrollment-total-lessons
            -- plumb:verify enrollment-total-lessons
            -- plumb:verify progress-in-range
            -- plumb:constrain
            ALTER TABLE e ALTER COLUMN total_lessons SET NOT NULL;
            -- plumb:document
            COMMENT ON COLUMN e.total_lessons IS '-- plumb:undo';
            -- plumb:undo
            DROP FUNCTION f();
            -- plumb:allow missing-lock-timeout set by the pooler
            """);
    assertThat(migration.version()).isEqualTo(new Version("18"));
    assertThat(migration.name()).isEqualTo("fill_total_lessons");
    assertThat(migration.expectations())
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.rows()).isEqualTo(new RowCount(618, 618, "618"));
              assertThat(e.invariant().invariant()).isEqualTo("enrollment-total-lessons");
              assertThat(e.invariant().position().line()).isEqualTo(2);
            });
    assertThat(migration.schema().orElseThrow().text())
        .startsWith("\nCREATE FUNCTION")
        .endsWith("END $$;\n");
    assertThat(migration.schema().orElseThrow().at(1).line()).isEqualTo(4);
    assertThat(migration.backfills())
        .extracting(Migration.Reference::invariant)
        .containsExactly("enrollment-total-lessons");
    assertThat(migration.verifications())
        .extracting(Migration.Reference::invariant)
        .containsExactly("enrollment-total-lessons", "progress-in-range");
    assertThat(migration.constrain().orElseThrow().text()).contains("SET NOT NULL");
    assertThat(migration.document().orElseThrow().text()).contains("COMMENT ON");
    assertThat(migration.undo().orElseThrow().text()).contains("DROP FUNCTION");
    assertThat(migration.allowed())
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.rule()).isEqualTo("missing-lock-timeout");
              assertThat(a.reason().text()).isEqualTo("set by the pooler");
            });
  }

  @Test
  void a_file_without_directives_is_one_schema_step() {
    Migration migration = read("-- plumb:no-backfill the table is new\nCREATE TABLE t (id int);\n");
    assertThat(migration.schema().orElseThrow().text()).contains("CREATE TABLE");
    assertThat(migration.noBackfill().orElseThrow().text()).isEqualTo("the table is new");
    assertThat(migration.undo()).isEmpty();
  }

  @Test
  void the_checksum_does_not_change_with_the_line_ends() {
    assertThat(read("SELECT 1;\r\nSELECT 2;\r\n").checksum())
        .isEqualTo(read("SELECT 1;\nSELECT 2;\n").checksum())
        .isNotEqualTo(read("SELECT 1;\nSELECT 3;\n").checksum());
  }

  @Test
  void all_that_is_wrong_is_told_at_once_with_its_place() {
    assertThat(
            problems(
                """
                SELECT 'before';
                -- plumb:constrain
                ALTER TABLE t ADD CHECK (a > 0);
                -- plumb:backfil all-even
                -- plumb:backfill all-even
                UPDATE t SET a = 1;
                -- plumb:expect about 5 rows violate all-even
                -- plumb:undo
                DROP TABLE t;
                -- plumb:schema now
                CREATE TABLE u (id int);
                -- plumb:verify
                -- plumb:allow some-rule
                -- plumb:no-backfill
                """))
        .containsExactlyInAnyOrder(
            "1:1 this SQL stands before the first step",
            "4:1 `backfil` is no directive",
            "5:1 the step `backfill` comes after `constrain`",
            "6:1 `backfill` has no SQL of its own",
            "7:1 the step `expect` comes after `constrain`",
            "7:1 this is no expectation",
            "8:1 a step comes after `undo`",
            "10:1 the step `schema` comes after `constrain`",
            "10:1 `schema` takes no argument",
            "12:1 the step `verify` comes after `constrain`",
            "12:1 `verify` takes the name of one invariant",
            "13:1 `allow` does not say why",
            "14:1 `no-backfill` does not say why");
  }

  @Test
  void what_is_not_closed_is_told() {
    assertThat(problems("CREATE FUNCTION f() RETURNS int AS $$ SELECT 1;\n"))
        .containsExactly("1:36 the quote `$$` that opens here is not closed");
  }

  @ParameterizedTest
  @CsvSource({
    "018_x.sql, 18, x",
    "V018__x.sql, 18, x",
    "V1.2__two_words.sql, 1.2, two_words",
    "V1_2__x.sql, 1.2, x",
    "20260115093000_add_it.sql, 20260115093000, add_it",
    "7-dashes.sql, 7, dashes"
  })
  void names(String file, String version, String name) {
    MigrationName read = MigrationName.of(file).orElseThrow();
    assertThat(read.version()).isEqualTo(new Version(version));
    assertThat(read.name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.sql", "018.sql", "018_x.txt", "Vx__y.sql", "v1__x.sql"})
  void names_that_are_none(String file) {
    assertThat(MigrationName.of(file)).isEmpty();
  }

  @Test
  void versions_are_ordered_by_their_numbers() {
    assertThat(new Version("1.10")).isGreaterThan(new Version("1.9"));
    assertThat(new Version("10")).isGreaterThan(new Version("9.9"));
    assertThat(new Version("1.0")).isEqualByComparingTo(new Version("1"));
    assertThat(new Version("018")).hasSameHashCodeAs(new Version("18"));
  }

  @ParameterizedTest
  @CsvSource({
    "618, 618, true",
    "618, 617, false",
    "600..650, 600, true",
    "600..650, 650, true",
    "600..650, 651, false",
    "~600, 540, true",
    "~600, 661, false",
    "~5, 5, true",
    "0, 0, true"
  })
  void counts(String text, long rows, boolean holds) {
    assertThat(RowCount.parse(text).orElseThrow().holds(rows)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "650..600", "many", "~", "1e3", "", "99999999999999999999"})
  void counts_that_are_none(String text) {
    assertThat(RowCount.parse(text)).isEmpty();
  }

  @Test
  void what_is_left_open_is_refused() {
    assertThat(
            problems(
                """
                -- plumb:todo say here what this changes, and why
                -- plumb:expect ? rows violate enrollment-total-lessons
                -- plumb:schema
                -- plumb:todo
                -- plumb:backfill ?
                -- plumb:verify ?
                """))
        .containsExactlyInAnyOrder(
            "1:1 still to do: say here what this changes, and why",
            "2:1 how many rows are expected is still open",
            "4:1 something is still to do here",
            "5:1 which invariant `backfill` is about is still open",
            "6:1 which invariant `verify` is about is still open");
  }

  @Test
  void the_checklist_is_read_and_may_be_open() {
    Migration migration =
        read(
            """
            -- plumb:rollback plumb undo, until the old column is dropped
            -- plumb:review Ada Lovelace
            -- plumb:staging ?
            ALTER TABLE e ADD COLUMN c integer;
            """);
    assertThat(migration.checklist())
        .extracting(point -> point.kind().word() + ": " + point.answer().orElse("open"))
        .containsExactly(
            "rollback: plumb undo, until the old column is dropped",
            "review: Ada Lovelace",
            "staging: open");
  }

  @Test
  void filling_in_the_checklist_is_no_edit() {
    String sql = "-- plumb:schema\nCREATE TABLE t (id integer);\n";
    assertThat(read("-- plumb:staging 2026-11-21\n" + sql).checksum())
        .isEqualTo(read("-- plumb:staging ?\n" + sql).checksum())
        .isNotEqualTo(read(sql.replace("integer", "bigint")).checksum());
  }

  @Test
  void a_checklist_that_says_nothing_is_refused() {
    assertThat(problems("-- plumb:review\n-- plumb:staging soon\n"))
        .containsExactly(
            "1:1 `review` says nothing that can be read",
            "2:1 `staging` says nothing that can be read");
  }

  @Test
  void the_probes_are_named_wherever_the_line_stands() {
    Migration migration =
        read("-- plumb:schema\nCREATE TABLE t (id integer);\n-- plumb:probes campus\n");
    assertThat(migration.probes().orElseThrow().name()).isEqualTo("campus");
    assertThat(migration.probes().orElseThrow().position().line()).isEqualTo(3);
    assertThat(migration.schema().orElseThrow().text()).contains("CREATE TABLE");
    assertThat(read("CREATE TABLE t (id integer);\n").probes()).isEmpty();
  }

  @Test
  void naming_probes_is_no_edit() {
    String sql = "-- plumb:schema\nCREATE TABLE t (id integer);\n";
    assertThat(read("-- plumb:probes campus\n" + sql).checksum()).isEqualTo(read(sql).checksum());
  }

  @Test
  void probes_that_name_no_file_or_two_are_refused() {
    assertThat(
            problems(
                """
                -- plumb:probes ?
                -- plumb:probes
                -- plumb:probes campus and others
                -- plumb:probes campus
                -- plumb:probes others
                """))
        .containsExactly(
            "1:1 which probes are sent is still open",
            "2:1 `probes` takes the name of one file",
            "3:1 `probes` takes the name of one file",
            "5:1 there are two lines `probes`");
  }
}
