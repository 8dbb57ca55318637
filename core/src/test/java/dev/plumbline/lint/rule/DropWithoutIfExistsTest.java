package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class DropWithoutIfExistsTest {

  static List<String> wrong() {
    return List.of(
        """
        DROP TABLE a;
        """,
        """
        DROP TRIGGER t ON a;
        """,
        """
        DROP FUNCTION f(int);
        """,
        """
        CREATE TABLE a (x int);
        DROP TABLE a;
        DROP TABLE a;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        CREATE TABLE a (x int);
        DROP TABLE a;
        """,
        """
        CREATE TYPE t AS ENUM ('a');
        DROP TYPE t;
        """,
        """
        CREATE TABLE a (x int UNIQUE);
        ALTER TABLE a DROP CONSTRAINT a_x_key;
        """,
        """
        CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
        DROP FUNCTION f();
        """,
        """
        ALTER TABLE a ADD CONSTRAINT c UNIQUE (x);
        ALTER TABLE a DROP CONSTRAINT c;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("drop-without-if-exists");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("drop-without-if-exists");
  }
}
