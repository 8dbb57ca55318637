package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class MissingUndoTest {

  static List<String> wrong() {
    return List.of(
        """
        -- plumb:constrain
        ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0);
        """,
        """
        -- plumb:schema
        UPDATE a SET x = 1 WHERE id = 1;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        CREATE TABLE a (x int);
        """,
        """
        -- plumb:document
        COMMENT ON TABLE a IS 'a';
        """,
        """
        -- plumb:expect 1 rows violate a
        -- plumb:backfill a
        -- plumb:verify a
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("missing-undo");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("missing-undo");
  }
}
