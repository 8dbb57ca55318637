package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class PsqlCommandTest {

  static List<String> wrong() {
    return List.of(
        """
        -- plumb:schema
        \\connect other
        SELECT 1;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        \\set ON_ERROR_STOP on
        SELECT 1;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("psql-command");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("psql-command");
  }
}
