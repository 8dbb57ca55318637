package dev.plumbline.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@WithParser
class WaiversTest {

  @Test
  void before_a_statement_it_stands_for_that_statement() {
    assertThat(
            Lints.in(
                """
                -- plumb:allow not-valid-never-validated validated by hand on Sunday
                ALTER TABLE a ADD CONSTRAINT a_x CHECK (x > 0) NOT VALID;
                ALTER TABLE b ADD CONSTRAINT b_x CHECK (x > 0) NOT VALID;
                """))
        .extracting(Finding::rule, finding -> finding.position().line())
        .containsExactly(org.assertj.core.groups.Tuple.tuple("not-valid-never-validated", 3));
  }

  @Test
  void elsewhere_it_stands_for_the_file() {
    LintReport report =
        Lints.after()
            .and(
                "1_a.sql",
                """
                -- plumb:allow not-valid-never-validated validated by hand on Sunday

                ALTER TABLE a ADD CONSTRAINT a_x CHECK (x > 0) NOT VALID;
                ALTER TABLE b ADD CONSTRAINT b_x CHECK (x > 0) NOT VALID;
                """)
            .report();
    assertThat(report.findings()).isEmpty();
    assertThat(report.waived()).isEqualTo(2);
  }

  @Test
  void several_may_stand_before_one_statement() {
    assertThat(
            Lints.in(
                """
                -- plumb:allow not-valid-never-validated validated by hand on Sunday
                -- plumb:allow transaction-in-file not needed
                ALTER TABLE a ADD CONSTRAINT a_x CHECK (x > 0) NOT VALID;
                """))
        .extracting(Finding::rule)
        .containsExactly("unused-allow");
  }

  @Test
  void what_looks_like_one_in_a_text_is_none() {
    assertThat(Lints.in("SELECT '\n-- plumb:allow nothing\n';")).isEmpty();
  }
}
