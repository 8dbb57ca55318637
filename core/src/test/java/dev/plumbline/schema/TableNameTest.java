package dev.plumbline.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tables are called in plans and results, and how they are written in SQL. */
class TableNameTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'\"public\".\"courses\"', courses",
        "'\"main\".\"courses\"', courses",
        "'\"other\".\"courses\"', other.courses",
        "'\"public\".\"we\"\"ird t\"', 'we\"ird t'",
        "'\"public\".\"a.b\"', a.b",
        "courses, courses"
      })
  void the_label_has_no_quotes_and_no_usual_schema(String sql, String label) {
    assertThat(TableName.label(sql)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {"courses, courses", "'we\"ird t', '\"we\"\"ird t\"'", "Courses, '\"Courses\"'"})
  void what_is_written_has_quotes_only_where_it_needs_them(String name, String written) {
    assertThat(Table.quoted(name)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "progres, progress",
        "'\"Progres\"', '\"progress\"'",
        "app.progres, progress",
        "public.progres, progress",
        "'\"app\".\"progres\"', '\"progress\"'",
        "other.lesons, other.lessons",
        "lesons, other.lessons",
        "'\"a.c\"', '\"a\".\"b\"'",
        "nothing, ",
      })
  void a_table_is_meant_whatever_quotes_and_schema_were_written(String written, String meant) {
    assertThat(TableName.closest(written, List.of("a.b", "other.lessons", "progress")))
        .isEqualTo(Optional.ofNullable(meant));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {"totl, total", "'\"Totl\"', '\"total\"'", "'\"', ", "nothing, "})
  void a_column_is_meant_whatever_quotes_were_written(String written, String meant) {
    assertThat(Columns.closest(written, List.of("id", "total")))
        .isEqualTo(Optional.ofNullable(meant));
  }
}
