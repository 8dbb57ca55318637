package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class ConstraintBeforeBackfillTest {

  static List<String> wrong() {
    return List.of(
        """
        ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES b;
        UPDATE a SET b = NULL WHERE b = 0;
        """,
        """
        CREATE UNIQUE INDEX a_x ON a (x);
        DELETE FROM a WHERE id IN (SELECT id FROM doubles);
        """,
        """
        -- plumb:schema
        ALTER TABLE a ALTER COLUMN x SET NOT NULL;
        -- plumb:backfill i
        -- plumb:verify i
        """,
        """
        ALTER TABLE a ALTER COLUMN "X y" SET NOT NULL;
        DO $$ BEGIN UPDATE a SET "X y" = 1 WHERE id < 5; END $$;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        CREATE TABLE a (x int);
        ALTER TABLE a ALTER COLUMN x SET NOT NULL;
        UPDATE a SET x = 1 WHERE x = 2;
        """,
        """
        ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;
        UPDATE a SET x = 1 WHERE x < 1;
        """,
        """
        ALTER TABLE a ALTER COLUMN x SET NOT NULL;
        UPDATE a SET y = 1 WHERE x < 1;
        """,
        """
        CREATE INDEX a_x ON a (x);
        UPDATE a SET x = 1 WHERE x < 1;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("constraint-before-backfill");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql))
        .extracting(Finding::rule)
        .doesNotContain("constraint-before-backfill");
  }
}
