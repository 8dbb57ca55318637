package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class SyntaxErrorTest {

  static List<String> wrong() {
    return List.of(
        """
        CREATE TABLE a (x int,);
        """,
        """
        SELECT 'open
        """);
  }

  static List<String> right() {
    return List.of(
        """
        MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE;
        """,
        """
        CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; END;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("syntax-error");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("syntax-error");
  }
}
