package dev.plumbline.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Lints;
import dev.plumbline.lint.WithParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithParser
class UnbatchedChangeTest {

  static List<String> wrong() {
    return List.of(
        """
        UPDATE a SET x = 1;
        """,
        """
        DELETE FROM a WHERE true;
        """,
        """
        UPDATE a SET x = b.x FROM b WHERE a.id = b.id;
        """,
        """
        ALTER TABLE a ADD COLUMN x int;
        UPDATE a SET x = 1 WHERE x IS NULL;
        """,
        """
        DO $$ BEGIN UPDATE a SET x = 1; END $$;
        """,
        """
        WITH gone AS (DELETE FROM a RETURNING id) SELECT count(*) FROM gone;
        """);
  }

  static List<String> right() {
    return List.of(
        """
        UPDATE a SET x = 1 WHERE id = 5;
        """,
        """
        CREATE TABLE a (x int);
        UPDATE a SET x = 1;
        """,
        """
        TRUNCATE a;
        """,
        """
        ALTER TABLE a ADD COLUMN x int;
        UPDATE a SET x = 1 WHERE y IS NULL;
        """,
        """
        CREATE TEMP TABLE a AS SELECT 1 AS x;
        SELECT 1;
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void finds_it(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).contains("unbatched-change");
  }

  @ParameterizedTest
  @MethodSource("right")
  void lets_it_pass(String sql) {
    assertThat(Lints.in(sql)).extracting(Finding::rule).doesNotContain("unbatched-change");
  }
}
