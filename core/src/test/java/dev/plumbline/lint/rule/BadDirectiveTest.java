package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class BadDirectiveTest {

  static List<String> wrong() {
    return List.of(
        """
        -- plumb:schema now
        SELECT 1;
        """,
        """
        -- plumb:expect many rows violate a
        -- plumb:schema
        SELECT 1;
        """,
        """
        -- plumb:backfill
        SELECT 1;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        -- plumb:no-backfill nothing to fill
        SELECT 1;
        """,
        """
        SELECT '-- plumb:nothing';
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("bad-directive");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("bad-directive");
  }
}
