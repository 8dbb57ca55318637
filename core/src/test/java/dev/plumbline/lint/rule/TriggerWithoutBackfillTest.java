package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithParser
class TriggerWithoutBackfillTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "total-lessons");
  private static final String TRIGGER =
      "CREATE TRIGGER keep BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION keep();";

  private static String function(String body) {
    return "CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n"
        + body
        + "\nRETURN NEW;\nEND $$;\n";
  }

  private static List<String> found(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.rule().equals("trigger-without-backfill"))
        .map(Finding::what)
        .toList();
  }

  private static String original() throws IOException {
    return Files.readString(EXAMPLE.resolve("original/018_fix_progress_trigger.sql"));
  }

  @Test
  void the_migration_of_case_1_is_found_with_its_table_and_columns() throws IOException {
    List<Finding> findings =
        Lints.after(Files.readString(EXAMPLE.resolve("schema.sql"))).findings(original());
    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.position()).hasToString("018_change.sql:4:1");
              assertThat(finding.what())
                  .contains(
                      "update_course_progress()",
                      "course_enrollments (total_lessons, lessons_completed, progress_percentage,"
                          + " is_completed)")
                  .doesNotContain("updated_at");
            });
  }

  @Test
  void the_six_steps_come_with_the_names_of_the_user() throws IOException {
    String yaml = Files.readString(EXAMPLE.resolve("invariants/enrollment-total-lessons.yaml"));
    String proposed =
        Lints.after()
            .invariant("enrollment-total-lessons", yaml)
            .findings(original())
            .getFirst()
            .instead()
            .orElseThrow();
    assertThat(proposed)
        .containsSubsequence(
            "-- invariants/course-enrollments-columns.yaml:",
            "table: course_enrollments",
            "lessons_completed: (SELECT count(DISTINCT p.lesson_id) FROM lesson_progress p JOIN"
                + " lessons l ON l.id = p.lesson_id WHERE p.user_id = course_enrollments.user_id"
                + " AND l.course_id = course_enrollments.course_id)",
            "-- plumb:expect N rows violate enrollment-total-lessons",
            "-- plumb:schema",
            "CREATE OR REPLACE FUNCTION update_course_progress() RETURNS trigger",
            "-- plumb:backfill enrollment-total-lessons",
            "-- plumb:verify enrollment-total-lessons",
            "-- plumb:constrain",
            "ALTER TABLE course_enrollments ALTER COLUMN total_lessons SET NOT NULL;",
            "-- plumb:document",
            "COMMENT ON COLUMN course_enrollments.total_lessons",
            "-- plumb:undo",
            "DROP TRIGGER IF EXISTS lesson_progress_updates_course ON lesson_progress;")
        .doesNotContain("ALTER COLUMN is_completed SET NOT NULL", "total_lessons: (");
  }

  @Test
  void what_an_update_misses_is_named_alone() throws IOException {
    assertThat(
            found(
                Lints.in(
                    original()
                        + "UPDATE course_enrollments SET total_lessons = 1, lessons_completed = 1,"
                        + " is_completed = false WHERE id IS NOT NULL;")))
        .singleElement()
        .asString()
        .contains("course_enrollments (progress_percentage)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NEW.total := NEW.quantity * NEW.price;",
        "NEW.email := lower(NEW.email);",
        "SELECT count(*) INTO NEW.lines FROM order_lines WHERE order_id = NEW.id;",
        "NEW.slug := coalesce(NEW.slug, slugify(NEW.title));",
      })
  void a_column_that_follows_from_others_needs_a_backfill(String body) {
    assertThat(found(Lints.in(function(body) + TRIGGER))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NEW.updated_at := now();",
        "NEW.updated_at = timezone('utc', now());",
        "NEW.version := OLD.version + 1;",
        "NEW.created_at := OLD.created_at;",
        "NEW.id := coalesce(NEW.id, gen_random_uuid());",
        "NEW.previous_price := OLD.price;",
        "NEW.owner := auth.uid();",
        "NEW.position := (SELECT coalesce(max(position), 0) + 1 FROM orders);",
        "INSERT INTO audit_log (entry) VALUES (to_jsonb(NEW));",
        "INSERT INTO order_history (order_id, action) VALUES (NEW.id, TG_OP);",
        "UPDATE customers SET updated_at = now() WHERE id = NEW.customer_id;",
        "PERFORM pg_notify('orders', NEW.id::text);",
        "IF NEW.price < 0 THEN RAISE EXCEPTION 'no'; END IF;",
      })
  void a_time_stamp_a_default_or_a_log_entry_needs_none(String body) {
    assertThat(found(Lints.in(function(body) + TRIGGER))).isEmpty();
  }

  @Test
  void a_counter_needs_the_rows_that_were_there_counted() {
    assertThat(
            found(
                Lints.in(
                    function("UPDATE posts SET likes = likes + 1 WHERE id = NEW.post_id;")
                        + TRIGGER)))
        .singleElement()
        .asString()
        .contains("posts (likes)");
  }

  @Test
  void rows_that_should_have_been_inserted_are_missing_as_well() {
    assertThat(
            found(
                Lints.in(
                    function("INSERT INTO profiles (user_id) VALUES (NEW.id);")
                        + "CREATE TRIGGER t AFTER INSERT ON users FOR EACH ROW"
                        + " EXECUTE FUNCTION keep();")))
        .singleElement()
        .asString()
        .contains("puts rows into profiles (user_id)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE orders SET total = quantity * price WHERE total IS NULL;",
        "UPDATE orders SET id = id WHERE total IS NULL;",
        "SELECT recalculate_orders();",
        "DO $$ BEGIN UPDATE orders SET total = 1 WHERE total IS NULL; END $$;",
        "-- plumb:no-backfill the table is filled again every night",
      })
  void a_file_that_fills_the_rows_or_says_why_not_is_right(String fill) {
    assertThat(
            found(
                Lints.in(
                    function("NEW.total := NEW.quantity * NEW.price;") + TRIGGER + "\n" + fill)))
        .isEmpty();
  }

  @Test
  void a_later_file_may_fill_them() {
    assertThat(
            found(
                Lints.after()
                    .and("1.sql", function("NEW.total := NEW.quantity * NEW.price;") + TRIGGER)
                    .and("2.sql", "UPDATE orders SET total = quantity * price WHERE total IS NULL;")
                    .findings()))
        .isEmpty();
  }

  @Test
  void a_new_table_has_no_rows_to_fill() {
    assertThat(
            found(
                Lints.in(
                    "CREATE TABLE orders (id int PRIMARY KEY, total int);"
                        + function("NEW.total := NEW.quantity * NEW.price;")
                        + TRIGGER)))
        .isEmpty();
    assertThat(
            found(
                Lints.in(
                    "CREATE TABLE orders (id int PRIMARY KEY);"
                        + function("UPDATE posts SET likes = likes + 1 WHERE id = NEW.post_id;")
                        + TRIGGER)))
        .isEmpty();
  }

  @Test
  void a_function_made_again_as_it_was_changes_nothing() {
    String total = "NEW.total := NEW.quantity * NEW.price;";
    assertThat(found(Lints.after(function(total) + TRIGGER).findings(function(total)))).isEmpty();
    assertThat(
            found(
                Lints.after(function(total) + TRIGGER)
                    .findings(function("-- a word\n  NEW.total :=\n NEW.quantity * NEW.price;"))))
        .isEmpty();
    assertThat(
            found(
                Lints.after(function(total) + TRIGGER)
                    .findings(function("NEW.total := NEW.quantity * NEW.price * 2;"))))
        .hasSize(1);
  }

  @Test
  void a_function_that_no_trigger_calls_yet_does_nothing_yet() {
    String made = function("NEW.total := NEW.quantity * NEW.price;").replace("OR REPLACE ", "");
    assertThat(found(Lints.in(made))).isEmpty();
    assertThat(found(Lints.after(made).findings(TRIGGER)))
        .singleElement()
        .asString()
        .contains("a new trigger calls `keep()`", "orders (total)");
  }
}
