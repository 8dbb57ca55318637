package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class ForcedRowSecurityTest {

  static List<String> wrong() {
    return List.of(
        """
        ALTER TABLE a FORCE ROW LEVEL SECURITY;
        DELETE FROM a WHERE id = 1;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        ALTER TABLE a FORCE ROW LEVEL SECURITY;
        ALTER TABLE a NO FORCE ROW LEVEL SECURITY;
        DELETE FROM a WHERE id = 1;
        """,
        """
        ALTER TABLE a FORCE ROW LEVEL SECURITY;
        INSERT INTO a VALUES (1);
        """,
        """
        ALTER TABLE a ENABLE ROW LEVEL SECURITY;
        DELETE FROM a WHERE id = 1;
        """,
        """
        DELETE FROM a WHERE id = 1;
        ALTER TABLE a FORCE ROW LEVEL SECURITY;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("forced-row-security");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("forced-row-security");
  }
}
