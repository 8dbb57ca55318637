package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.invariant.Agree;
import dev.plumbline.invariant.Derive;
import dev.plumbline.invariant.Every;
import dev.plumbline.invariant.Exist;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.invariant.None;
import dev.plumbline.invariant.RepairStep;
import dev.plumbline.invariant.Severity;
import dev.plumbline.invariant.Terms;
import dev.plumbline.invariant.Thresholds;
import dev.plumbline.invariant.Value;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvariantReaderTest {
  private static final Path FILE = Path.of("invariants", "the-name.yaml");

  private static Invariant read(String text) {
    return InvariantReader.read(FILE, text);
  }

  private static Map<String, String> texts(Map<Name, Name> names) {
    return names.entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().text(), e -> e.getValue().text()));
  }

  private static Map<String, Value> values(Map<Name, Value> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().text(), Map.Entry::getValue));
  }

  private static List<String> problems(String text) {
    try {
      read(text);
      return List.of();
    } catch (ProjectException e) {
      return e.problems().stream().map(Problem::what).toList();
    }
  }

  @Test
  void reads_derive_with_from() {
    Derive derive =
        (Derive)
            read(
                """
                says: Every enrollment carries the number of lessons in its course.
                table: course_enrollments
                derive: {total_lessons: count(*), "last": max(id)}
                from: lessons
                by: {course: course_id}
                empty: {last: 0}
                """);
    assertThat(derive.name()).isEqualTo("the-name");
    assertThat(derive.terms().says())
        .hasValueSatisfying(says -> assertThat(says).startsWith("Every"));
    assertThat(derive.table().text()).isEqualTo("course_enrollments");
    assertThat(derive.columns().keySet())
        .extracting(Name::text)
        .containsExactly("total_lessons", "last");
    assertThat(derive.columns().values())
        .extracting(Fragment::text)
        .containsExactly("count(*)", "max(id)");
    Derive.Source source = derive.source().orElseThrow();
    assertThat(source.from().text()).isEqualTo("lessons");
    assertThat(texts(source.by())).isEqualTo(Map.of("course", "course_id"));
    assertThat(values(source.empty())).isEqualTo(Map.of("last", new Value.Number(BigDecimal.ZERO)));
  }

  @Test
  void reads_derive_of_the_row_itself() {
    Derive derive = (Derive) read("{table: t, derive: {a: null}}");
    assertThat(derive.source()).isEmpty();
    assertThat(derive.columns().values()).extracting(Fragment::text).containsExactly("null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"by: k", "by: [k]", "by: {k: k}"})
  void the_columns_to_join_by_are_written_in_three_ways(String by) {
    Derive derive = (Derive) read("table: t\nderive: {a: count(*)}\nfrom: u\n" + by + "\n");
    assertThat(texts(derive.source().orElseThrow().by())).isEqualTo(Map.of("k", "k"));
  }

  @Test
  void one_empty_value_serves_one_derived_column() {
    String start = "table: t\nfrom: u\nby: k\n";
    Derive literal = (Derive) read(start + "derive: {a: max(x)}\nempty: none\n");
    assertThat(values(literal.source().orElseThrow().empty()))
        .isEqualTo(Map.of("a", new Value.Text("none")));
    Derive expression = (Derive) read(start + "derive: {a: max(x)}\nempty: {sql: now()}\n");
    assertThat(values(expression.source().orElseThrow().empty()).get("a"))
        .isInstanceOfSatisfying(
            Value.Expression.class, e -> assertThat(e.sql().text()).isEqualTo("now()"));
    assertThat(problems(start + "derive: {a: max(x), b: min(x)}\nempty: 0\n"))
        .containsExactly("`empty` does not say which of the derived columns it is for");
  }

  @Test
  void reads_every() {
    Every every =
        (Every)
            read(
                """
                every: |
                  SELECT gm.user_id AS student_id, g.course_id
                  FROM group_members gm -- active ones
                has: course_enrollments
                match: [student_id, course_id]
                with: {active: true}
                insert: {active: true, note: ~, "level": 1.50, source: "1", at: {sql: now()}}
                coverage: {warn: 99.0}
                """);
    assertThat(every.every().text())
        .isEqualTo(
            "SELECT gm.user_id AS student_id, g.course_id\nFROM group_members gm -- active ones\n");
    assertThat(every.has().text()).isEqualTo("course_enrollments");
    assertThat(texts(every.match()))
        .isEqualTo(Map.of("student_id", "student_id", "course_id", "course_id"));
    assertThat(values(every.with())).isEqualTo(Map.of("active", new Value.Bool(true)));
    assertThat(values(every.insert()))
        .containsEntry("note", new Value.Null())
        .containsEntry("level", new Value.Number(new BigDecimal("1.50")))
        .containsEntry("source", new Value.Text("1"));
    assertThat(every.terms().thresholds())
        .isEqualTo(new Thresholds.Coverage(new BigDecimal("99.0")));
  }

  @Test
  void reads_none_and_its_repair() {
    None none =
        (None)
            read(
                """
                none: SELECT id, n FROM requests
                key: id
                of: requests
                repair:
                  - insert into: log
                    columns: [id, n]
                    select: SELECT id, n FROM violation
                  - update: requests
                    set: {status: closed, n: {sql: n + 1}}
                    where: id IN (SELECT id FROM violation)
                  - delete from: requests
                    where: id IN (SELECT id FROM violation)
                    cascades: notes
                """);
    assertThat(none.terms().key()).extracting(Name::text).containsExactly("id");
    assertThat(none.of()).map(Name::text).contains("requests");
    List<RepairStep> steps = none.terms().repair();
    assertThat(steps)
        .extracting(step -> step.table().text())
        .containsExactly("log", "requests", "requests");
    assertThat(((RepairStep.InsertRows) steps.get(0)).columns())
        .extracting(Name::text)
        .containsExactly("id", "n");
    assertThat(values(((RepairStep.UpdateRows) steps.get(1)).set()))
        .containsEntry("status", new Value.Text("closed"));
    assertThat(((RepairStep.DeleteRows) steps.get(2)).cascades())
        .extracting(Name::text)
        .containsExactly("notes");
  }

  @Test
  void reads_agree() {
    Agree agree =
        (Agree)
            read(
                """
                agree:
                  left:  SELECT user_id, date, points FROM daily_stats WHERE points > 0
                  right: SELECT user_id, date, sum(points) AS points FROM points_log GROUP BY 1, 2
                  by: [user_id, date]
                """);
    assertThat(agree.left().text()).endsWith("points > 0");
    assertThat(agree.right().text()).endsWith("GROUP BY 1, 2");
    assertThat(agree.by()).extracting(Name::text).containsExactly("user_id", "date");
  }

  @Test
  void reads_exist() {
    Exist exist =
        (Exist)
            read(
                """
                exist:
                  - CREATE INDEX a ON goals (user_id, status)
                  - |
                    -- the unique one
                    CREATE UNIQUE INDEX b ON goals (id)
                revision: 0042
                """);
    assertThat(exist.objects()).hasSize(2);
    assertThat(exist.terms().revision()).contains("0042");
  }

  @Test
  void reads_the_common_keys() {
    Terms terms =
        read("""
                table: t
                derive: {a: b}
                where: c > 0
                key: [x, y]
                segment: school_id
                recent: created_at
                tolerate: {warn: 0, fail: 10}
                show: title
                severity: warn
                owner: team-a
                schedule: daily
                alert: team-a
                batch: 500
                auto_repair: true
                """)
            .terms();
    assertThat(terms.where()).map(Fragment::text).contains("c > 0");
    assertThat(terms.key()).extracting(Name::text).containsExactly("x", "y");
    assertThat(terms.segment()).map(Fragment::text).contains("school_id");
    assertThat(terms.recent()).map(Fragment::text).contains("created_at");
    assertThat(terms.thresholds()).isEqualTo(new Thresholds.Tolerate(0, 10));
    assertThat(terms.show()).extracting(Name::text).containsExactly("title");
    assertThat(terms.severity()).isEqualTo(Severity.WARN);
    assertThat(terms.owner()).contains("team-a");
    assertThat(terms.schedule()).contains("daily");
    assertThat(terms.alert()).contains("team-a");
    assertThat(terms.batch()).contains(500);
    assertThat(terms.autoRepair()).isTrue();
  }

  @Test
  void keeps_its_definition() {
    String text = "table: t\r\nderive: {a: b}\r\n";
    assertThat(read(text).terms().definition().text()).isEqualTo(text);
    assertThat(read(text).terms().definition().file()).isEqualTo(FILE);
  }

  /** Finds a word of a fragment again in the file, by line and column. */
  private static void assertFound(String text, Fragment fragment, String word) {
    var at = fragment.at(fragment.text().indexOf(word));
    String line = text.split("\r\n|\n")[at.line() - 1];
    assertThat(line.substring(at.column() - 1)).startsWith(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "table: t\nderive: {a: b}\nwhere: one AND two\n",
        "table: t\nderive: {a: b}\nwhere:   'one AND two'\n",
        "table: t\nderive: {a: b}\nwhere: \"one AND two\"\n",
        "table: t\nderive: {a: b}\nwhere:\n  one AND two\n",
        "table: t\nderive: {a: b}\nwhere: |\n    one\n      AND two\n",
        "table: t\nderive: {a: b}\nwhere: |-\n\n\n  one\n\n   AND two\n",
        "table: t\nderive: {a: b}\nwhere: |2 # a comment\n     one\n    AND two\n",
        "table: t\r\nderive: {a: b}\r\nwhere: |\r\n  one\r\n  AND two\r\n",
        "{table: t, derive: {a: b}, where: one AND two}\n",
        "{says: \uD83D\uDE00, table: t, derive: {a: b}, where: one AND two}\n",
      })
  void every_character_of_sql_is_found_again_in_the_file(String text) {
    Terms terms = read(text).terms();
    Fragment fragment = terms.where().orElseThrow();
    assertFound(text, fragment, "one");
    assertFound(text, fragment, "AND");
    assertFound(text, fragment, "two");
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_text() {
    assertThat(read("\uFEFFtable: t\nderive: {a: b}\n").name()).isEqualTo("the-name");
  }

  @Test
  void sql_can_be_put_in_parentheses_as_it_is() {
    Derive derive = (Derive) read("table: t\nderive: {a: b}\nwhere: \"c > 0 -- why\"\n");
    assertThat(derive.terms().where()).map(Fragment::text).contains("c > 0 -- why\n");
  }

  @Test
  void tells_all_problems_at_once() {
    assertThatThrownBy(
            () -> read("tabel: t\nderive: {a: f(b}\nwhere: a; b\nbatch: many\nseverity: loud\n"))
        .isInstanceOfSatisfying(ProjectException.class, e -> assertThat(e.problems()).hasSize(6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?",
        "- a",
        "a: b: c",
        "a: [",
        "a: {b: {c: {d: [",
        "a: 'b",
        "%YAML 3.0\n---\na: b",
        "a: \"\\q\"",
        "a: \u0007",
        "a: !!java.util.Date 2001-01-01",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "{a: , b}",
        "{a, b}",
        "? [a]\n: b",
        "derive: {? {a: b} : c}\ntable: t",
        ": a",
        "''",
        "table: t\nderive: {a: b}\nwith: {a: .nan}",
        "every: a\nhas: t\nmatch: a\nwith: {b: .inf}\ninsert: {c: 1e99999999999}",
        "\u0000",
        "- - - -",
        "&a [*a]",
        "a: &a [x, *a]",
        "|",
        "--- |\n",
        "...",
      })
  void whatever_is_written_the_answer_is_a_problem_with_a_place(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ProjectException.class);
  }
}
