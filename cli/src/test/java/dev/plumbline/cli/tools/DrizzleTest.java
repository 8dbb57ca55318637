package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DrizzleTest {
  @AutoClose final TestDatabase database = TestDatabase.postgres();
  private final NodeTool drizzle = NodeTool.of("drizzle", "migrate.mjs", database);

  @Test
  void skips_a_file_that_is_older_than_the_newest_recorded_and_says_nothing() {
    migratedTwice();
    drizzle.project().lay("third");
    drizzle.run(0);
    assertThat(recorded()).containsExactly("1767225601000", "1767225602000", "1767225604000");
    drizzle.project().dropAnIndex();
    Verified found = Verified.of(drizzle.project(), 2);
    assertThat(found.tool()).isEqualTo("drizzle");
    assertThat(found.states()).contains("0002_placed_at applied", "0003_invoices pending");
    assertThat(found.findings())
        .hasSize(3)
        .contains(
            "false-claim 0001_orders: index idx_orders_customer_id on orders",
            "false-claim 0002_placed_at: index idx_orders_placed_at on orders")
        .anyMatch(finding -> finding.startsWith("skipped 0003_invoices: "));
  }

  @Test
  void a_failure_takes_back_the_whole_run() {
    migratedTwice();
    drizzle.project().twoOfOneName();
    drizzle.project().lay("third").lay("fourth");
    drizzle.run(1);
    assertThat(recorded()).containsExactly("1767225601000", "1767225602000", "1767225604000");
  }

  private void migratedTwice() {
    drizzle.project().lay("first");
    drizzle.run(0);
    drizzle.project().indexOverAnotherColumn();
    drizzle.project().lay("second");
    drizzle.run(0);
  }

  private List<String> recorded() {
    return database
        .query("SELECT created_at FROM drizzle.__drizzle_migrations ORDER BY id")
        .stream()
        .map(row -> String.valueOf(row.getFirst()))
        .toList();
  }
}
