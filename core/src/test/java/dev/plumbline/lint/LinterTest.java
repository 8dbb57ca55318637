package dev.plumbline.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.error.ExitCode;
import org.junit.jupiter.api.Test;

@WithParser
class LinterTest {

  @Test
  void the_worst_finding_decides_the_exit_code() {
    assertThat(Lints.after().and("1.sql", "SELECT 1").report().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(
            Lints.after()
                .and("1.sql", "ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;")
                .report()
                .exitCode())
        .isEqualTo(ExitCode.WARNING);
    assertThat(Lints.after().and("1.sql", "SELEC 1").report().exitCode())
        .isEqualTo(ExitCode.FAILED);
  }

  @Test
  void an_error_of_syntax_is_told_in_the_words_of_postgresql_and_at_its_place() {
    assertThat(Lints.in("SELECT 1;\n  CREATE TABEL a ();\nSELEC 2"))
        .extracting(Finding::what)
        .containsExactly("syntax error at or near \"TABEL\"", "syntax error at or near \"SELEC\"");
    assertThat(Lints.in("SELECT 1;\n  CREATE TABEL a ();").getFirst().position())
        .hasToString("018_change.sql:2:10");
  }

  @Test
  void a_file_that_is_not_judged_tells_what_was_there_before() {
    assertThat(Lints.after("SELEC 1", "BEGIN").report().findings()).isEmpty();
  }

  @Test
  void sections_that_take_back_are_not_looked_at_as_if_they_ran() {
    assertThat(Lints.after().and("1_a.down.sql", "BEGIN;").findings()).isEmpty();
    assertThat(Lints.after().and("1_a.up.sql", "BEGIN;").findings()).hasSize(1);
  }
}
