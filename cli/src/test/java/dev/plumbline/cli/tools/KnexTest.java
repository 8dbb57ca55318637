package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KnexTest {
  @AutoClose final TestDatabase database = TestDatabase.postgres();
  private final NodeTool knex = NodeTool.of("knex", NodeTool.installed("knex"), database);

  @Test
  void leaves_no_record_of_a_migration_without_transaction_that_failed_half_way() {
    migratedOnce();
    knex.project().lay("second");
    migrate(1);
    assertThat(recorded())
        .containsExactly(
            List.of("20260101000001_customers.js", "1"),
            List.of("20260101000002_orders.js", "1"),
            List.of("20260101000003_placed_at.js", "2"));
    assertThat(lock()).isEqualTo("0");
    Verified.declareIndexes(
        knex.project(), "20260101000002_orders.js", "20260101000003_placed_at.js");
    knex.project().dropAnIndex();
    Verified found = Verified.of(knex.project(), 2);
    assertThat(found.tool()).isEqualTo("knex");
    assertThat(found.states())
        .contains("20260101000003_placed_at.js applied", "20260101000004_invoices.js pending");
    assertThat(found.findings())
        .containsExactly(
            "false-claim 20260101000002_orders.js: index idx_orders_customer_id on orders",
            "false-claim 20260101000003_placed_at.js: index idx_orders_placed_at on orders",
            "invalid-index null: index idx_customers_name on customers");
  }

  @Test
  void leaves_its_lock_behind_when_it_is_killed() {
    migratedOnce();
    knex.project().lay("killed");
    migrate(137);
    assertThat(recorded()).hasSize(2);
    assertThat(lock()).isEqualTo("1");
    Verified found = Verified.of(knex.project(), 1);
    assertThat(found.lock().asText()).contains("lock");
    assertThat(found.findings()).anyMatch(finding -> finding.startsWith("locked "));
  }

  private void migratedOnce() {
    knex.project().lay("first");
    migrate(0);
    knex.project().twoOfOneName();
    knex.project().indexOverAnotherColumn();
  }

  private void migrate(int exit) {
    knex.run(exit, "migrate:latest", "--knexfile", "knexfile.cjs");
  }

  private List<List<String>> recorded() {
    return database.query("SELECT name, batch FROM knex_migrations ORDER BY id");
  }

  private String lock() {
    return String.valueOf(database.queryValue("SELECT is_locked FROM knex_migrations_lock"));
  }
}
