package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class DropOfBackfillSourceTest {

  static List<String> wrong() {
    return List.of(
        """
        UPDATE a SET x = (SELECT y FROM b WHERE b.id = a.id) WHERE x = 0;
        DROP TABLE IF EXISTS b;
        """,
        """
        INSERT INTO a SELECT * FROM b;
        DROP TABLE b;
        """,
        """
        UPDATE a SET x = old_x WHERE x = 0;
        ALTER TABLE a DROP COLUMN IF EXISTS old_x;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        DROP TABLE IF EXISTS b;
        UPDATE a SET x = 1 WHERE x = 0;
        """,
        """
        CREATE TABLE b AS SELECT 1;
        CREATE TEMP TABLE c (x int);
        INSERT INTO a SELECT * FROM c;
        DROP TABLE c;
        """,
        """
        UPDATE a SET x = 1 WHERE x = 0;
        ALTER TABLE a DROP COLUMN IF EXISTS y;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("drop-of-backfill-source");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("drop-of-backfill-source");
  }
}
