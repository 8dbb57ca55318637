package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class TransactionInFileTest {

  static List<String> wrong() {
    return List.of(
        """
        START TRANSACTION;
        """,
        """
        COMMIT;
        """,
        """
        BEGIN;
        COMMIT;
        BEGIN;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        BEGIN;
        SAVEPOINT a;
        ROLLBACK TO a;
        COMMIT;
        """,
        """
        DO $$ BEGIN COMMIT; END $$;
        """,
        """
        BEGIN;
        ROLLBACK;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("transaction-in-file");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("transaction-in-file");
  }
}
