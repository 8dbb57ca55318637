package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code derived-never-filled} and {@code backfill-differs-from-invariant}: the rules that need
 * one.
 */
@WithParser
class InvariantRulesTest {
  private static final String COUNTED =
      """
      table: courses
      derive: {lesson_count: count(*)}
      from: lessons
      by: {course_id: id}
      """;

  private static List<String> found(String sql) {
    return Lints.after().invariant("counted", COUNTED).findings(sql).stream()
        .map(Finding::rule)
        .toList();
  }

  @Test
  void a_derived_column_that_a_later_line_fills_is_filled() {
    assertThat(found("ALTER TABLE courses ADD COLUMN lesson_count int;"))
        .containsExactly("derived-never-filled");
    assertThat(
            found(
                """
                ALTER TABLE courses ADD COLUMN lesson_count int;
                UPDATE courses c SET lesson_count =
                  (SELECT count(*) FROM lessons l WHERE l.course_id = c.id) WHERE id < 9;
                """))
        .doesNotContain("derived-never-filled")
        .contains("backfill-differs-from-invariant");
    assertThat(found("ALTER TABLE courses ADD COLUMN title text;")).isEmpty();
  }

  @Test
  void a_default_on_a_derived_column_is_found_unless_the_invariant_is_verified() {
    String added = "ALTER TABLE courses ADD COLUMN lesson_count int DEFAULT 0;";
    assertThat(found(added)).contains("default-hides-unfilled");
    assertThat(
            found(
                "-- plumb:expect 3 rows violate counted\n-- plumb:schema\n"
                    + added
                    + "\n-- plumb:backfill counted\n-- plumb:verify counted\n-- plumb:undo\n"
                    + "ALTER TABLE courses DROP COLUMN IF EXISTS lesson_count;"))
        .isEmpty();
  }

  @Test
  void an_update_that_says_the_same_is_no_finding_whatever_its_aliases() {
    assertThat(
            found(
                """
                UPDATE courses SET lesson_count =
                  coalesce((SELECT count(1)::int FROM lessons l WHERE courses.id = l.course_id), 0);
                """))
        .containsExactly("unbatched-change");
  }

  @Test
  void a_form_that_cannot_be_compared_is_a_warning() {
    assertThat(
            Lints.after()
                .invariant("counted", COUNTED)
                .findings(
                    """
                    UPDATE courses SET lesson_count = x.n
                    FROM (SELECT course_id, count(*) AS n FROM lessons GROUP BY 1) x
                    WHERE x.course_id = courses.id AND courses.id > 0;
                    """))
        .extracting(finding -> finding.rule() + " " + finding.severity())
        .containsExactly("backfill-differs-from-invariant WARNING");
  }
}
