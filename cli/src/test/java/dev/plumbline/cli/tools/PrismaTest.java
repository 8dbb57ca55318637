package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PrismaTest {
  private static final String INVOICES = "20260101000004_invoices";

  @AutoClose final TestDatabase database = TestDatabase.postgres();
  private final NodeTool prisma = NodeTool.of("prisma", "migrate.mjs", database);

  @Test
  void records_a_migration_that_failed_without_its_end() {
    failedOnInvoices();
    assertThat(states())
        .containsExactly(
            List.of("20260101000001_customers", "finished", "1"),
            List.of("20260101000002_orders", "finished", "1"),
            List.of("20260101000003_placed_at", "finished", "1"),
            List.of(INVOICES, "open", "0"));
    prisma.project().dropAnIndex();
    Verified found = Verified.of(prisma.project(), 2);
    assertThat(found.tool()).isEqualTo("prisma");
    assertThat(found.states()).contains(INVOICES + " failed", "20260101000005_shipments pending");
    assertThat(found.findings())
        .hasSize(4)
        .contains(
            "false-claim 20260101000002_orders: index idx_orders_customer_id on orders",
            "false-claim 20260101000003_placed_at: index idx_orders_placed_at on orders",
            "failed-migration " + INVOICES + ": migration " + INVOICES)
        .anyMatch(finding -> finding.startsWith("invalid-index "));
    assertThat(found.what("failed-migration", INVOICES))
        .contains("There: table invoices", "not there: index idx_customers_name");
  }

  @Test
  void marks_a_failed_one_as_applied_by_a_second_row() {
    failedOnInvoices();
    prisma.run(0, "applied", INVOICES);
    assertThat(states().subList(3, 5))
        .containsExactly(List.of(INVOICES, "rolled back", "0"), List.of(INVOICES, "finished", "0"));
    Verified found = Verified.of(prisma.project(), 2);
    assertThat(found.states()).contains(INVOICES + " marked");
    assertThat(found.findings())
        .containsExactly(
            "false-claim 20260101000003_placed_at: index idx_orders_placed_at on orders",
            "false-claim " + INVOICES + ": index idx_customers_name on customers");
  }

  private void failedOnInvoices() {
    prisma.project().lay("first");
    prisma.run(0, "deploy");
    prisma.project().twoOfOneName();
    prisma.project().indexOverAnotherColumn();
    prisma.project().lay("second");
    prisma.run(1, "deploy");
  }

  private List<List<String>> states() {
    return database.query(
        """
        SELECT migration_name,
          CASE WHEN rolled_back_at IS NOT NULL THEN 'rolled back'
            WHEN finished_at IS NOT NULL THEN 'finished' ELSE 'open' END,
          applied_steps_count
        FROM _prisma_migrations ORDER BY started_at
        """);
  }
}
