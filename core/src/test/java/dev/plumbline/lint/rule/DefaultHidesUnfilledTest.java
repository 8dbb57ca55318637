package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class DefaultHidesUnfilledTest {

  static List<String> wrong() {
    return List.of(
        """
        ALTER TABLE a ADD COLUMN total int DEFAULT 0;
        UPDATE a SET total = x + y WHERE x > 0;
        """,
        """
        ALTER TABLE a ALTER total SET DEFAULT 0;
        UPDATE a SET total = x + y WHERE x > 0;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        ALTER TABLE a ADD COLUMN flag boolean NOT NULL DEFAULT false;
        """,
        """
        ALTER TABLE a ADD COLUMN total int DEFAULT 0;
        UPDATE a SET total = x + y;
        """,
        """
        ALTER TABLE a ADD COLUMN total int DEFAULT NULL;
        UPDATE a SET total = x + y WHERE x > 0;
        """,
        """
        ALTER TABLE a ADD COLUMN made timestamptz DEFAULT now();
        UPDATE a SET made = other WHERE x > 0;
        """,
        """
        ALTER TABLE a ADD COLUMN kind text DEFAULT 'new';
        UPDATE a SET kind = 'old' WHERE x > 0;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("default-hides-unfilled");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("default-hides-unfilled");
  }
}
