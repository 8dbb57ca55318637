package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class IfNotExistsUncheckedTest {

  static List<String> wrong() {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS a (x int);
        """,
        """
        CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS a_x ON a (x);
        """);
  }

  static List<String> right() {
    return List.of(
        """
        CREATE TABLE a (x int);
        CREATE INDEX IF NOT EXISTS a_x ON a (x);
        ALTER TABLE a ADD COLUMN IF NOT EXISTS y int;
        """,
        """
        CREATE EXTENSION IF NOT EXISTS pgcrypto;
        """,
        """
        -- plumb:schema
        CREATE INDEX IF NOT EXISTS a_x ON a (x);
        -- plumb:undo
        DROP INDEX IF EXISTS a_x;
        """,
        """
        DROP TABLE IF EXISTS a;
        CREATE TABLE IF NOT EXISTS a (x int);
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("if-not-exists-unchecked");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("if-not-exists-unchecked");
  }
}
