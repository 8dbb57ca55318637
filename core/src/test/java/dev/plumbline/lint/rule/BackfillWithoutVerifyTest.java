package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class BackfillWithoutVerifyTest {

  static List<String> wrong() {
    return List.of(
        """
        -- plumb:backfill a
        -- plumb:verify b
        """);
  }

  static List<String> right() {
    return List.of(
        """
        -- plumb:backfill a
        -- plumb:backfill b
        -- plumb:verify b
        -- plumb:verify a
        """,
        """
        UPDATE a SET x = 1 WHERE id = 1;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("backfill-without-verify");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("backfill-without-verify");
  }
}
