package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithParser
class TypeChangeRewritesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "varchar(10) | varchar(20)",
        "varchar(10) | varchar",
        "varchar(10) | text",
        "text | varchar",
        "numeric(8, 2) | numeric(12, 2)",
        "numeric(8, 2) | numeric",
        "timestamp(3) | timestamp(6)",
        "timestamptz(3) | timestamptz",
        "cidr | inet",
        "varchar(10)[] | text[]",
        "integer | integer",
      })
  void passes_what_leaves_the_rows_as_they_are(String from, String to) {
    assertThat(change(from, to, "")).doesNotContain("type-change-rewrites");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integer | bigint",
        "integer | text",
        "varchar(20) | varchar(10)",
        "text | varchar(10)",
        "char(10) | text",
        "numeric(8, 2) | numeric(8, 3)",
        "numeric | numeric(8, 2)",
        "timestamp | timestamptz",
        "timestamp(6) | timestamp(3)",
        "inet | cidr",
        "text | text[]",
        "json | jsonb",
      })
  void finds_what_writes_every_row(String from, String to) {
    assertThat(change(from, to, "")).contains("type-change-rewrites");
  }

  @Test
  void an_expression_writes_every_row_unless_it_only_names_the_type() {
    assertThat(change("varchar(9)", "text", " USING lower(c)")).contains("type-change-rewrites");
    assertThat(change("varchar(9)", "text", " USING c::text"))
        .doesNotContain("type-change-rewrites");
  }

  @Test
  void with_the_time_zone_utc_both_timestamps_are_stored_alike() {
    assertThat(rules("SET timezone = 'UTC';\nALTER TABLE t ALTER c TYPE timestamptz;")).isEmpty();
  }

  @Test
  void what_an_earlier_change_made_of_the_type_counts() {
    assertThat(
            Lints.after(
                    "CREATE TABLE t (c integer);", "ALTER TABLE t ALTER COLUMN c TYPE varchar(5);")
                .findings("ALTER TABLE t ALTER COLUMN c TYPE text;"))
        .isEmpty();
  }

  @Test
  void a_table_of_the_same_file_is_nobodys_yet() {
    assertThat(rules("CREATE TABLE t (c int);\nALTER TABLE t ALTER c TYPE bigint;")).isEmpty();
    assertThat(
            rules(
                "CREATE TABLE s (c int);\nALTER TABLE s RENAME TO t;\nALTER TABLE t ALTER c TYPE"
                    + " bigint;"))
        .isEmpty();
  }

  private static List<String> change(String from, String to, String using) {
    return Lints.after("CREATE TABLE t (c " + from + ");")
        .findings("ALTER TABLE t ALTER COLUMN c TYPE " + to + using + ";")
        .stream()
        .map(Finding::rule)
        .toList();
  }

  private static List<String> rules(String sql) {
    return Lints.in(sql).stream().map(Finding::rule).toList();
  }
}
