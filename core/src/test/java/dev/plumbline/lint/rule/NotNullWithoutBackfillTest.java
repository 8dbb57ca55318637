package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class NotNullWithoutBackfillTest {

  static List<String> wrong() {
    return List.of(
        """
        ALTER TABLE a ADD COLUMN x int NOT NULL;
        """,
        """
        ALTER TABLE a ALTER x SET NOT NULL;
        """,
        """
        UPDATE b SET x = 1 WHERE y;
        ALTER TABLE a ALTER x SET NOT NULL;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        ALTER TABLE a ADD COLUMN x int NOT NULL DEFAULT 0;
        """,
        """
        ALTER TABLE a ADD COLUMN id bigserial NOT NULL;
        """,
        """
        ALTER TABLE a ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY NOT NULL;
        """,
        """
        CREATE TABLE a (id int);
        ALTER TABLE a ADD COLUMN x int NOT NULL;
        """,
        """
        ALTER TABLE a ADD CONSTRAINT c CHECK (x IS NOT NULL) NOT VALID;
        ALTER TABLE a VALIDATE CONSTRAINT c;
        ALTER TABLE a ALTER x SET NOT NULL;
        """,
        """
        ALTER TABLE a ADD COLUMN x int DEFAULT 0;
        ALTER TABLE a ALTER x SET NOT NULL;
        """,
        """
        DELETE FROM a WHERE x IS NULL;
        ALTER TABLE a ALTER x SET NOT NULL;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("not-null-without-backfill");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("not-null-without-backfill");
  }
}
