package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class NotValidNeverValidatedTest {

  static List<String> wrong() {
    return List.of(
        """
        ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b NOT VALID;
        """,
        """
        ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;
        ALTER TABLE b VALIDATE CONSTRAINT c;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;
        ALTER TABLE public.a VALIDATE CONSTRAINT c;
        """,
        """
        ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;
        ALTER TABLE a DROP CONSTRAINT c;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("not-valid-never-validated");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("not-valid-never-validated");
  }
}
