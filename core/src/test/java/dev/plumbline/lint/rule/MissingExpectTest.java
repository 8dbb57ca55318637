package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class MissingExpectTest {

  static List<String> wrong() {
    return List.of(
        """
        -- plumb:expect 3 rows violate b
        -- plumb:backfill a
        -- plumb:verify a
        """);
  }

  static List<String> right() {
    return List.of(
        """
        -- plumb:expect ~3 rows violate a
        -- plumb:backfill a
        -- plumb:verify a
        """,
        """
        UPDATE a SET x = 1 WHERE id = 1;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("missing-expect");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("missing-expect");
  }
}
