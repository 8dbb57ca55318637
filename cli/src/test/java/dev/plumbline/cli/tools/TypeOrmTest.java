package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TypeOrmTest {
  @AutoClose final TestDatabase database = TestDatabase.postgres();
  private final NodeTool typeOrm = NodeTool.of("typeorm", NodeTool.installed("typeorm"), database);

  @Test
  void leaves_no_record_of_a_migration_without_transaction_that_failed_half_way() {
    typeOrm.project().lay("first");
    migrate(0);
    typeOrm.project().twoOfOneName();
    typeOrm.project().indexOverAnotherColumn();
    typeOrm.project().lay("second");
    migrate(1);
    assertThat(database.query("SELECT timestamp, name FROM migrations ORDER BY id"))
        .containsExactly(
            List.of("1767225601000", "Customers1767225601000"),
            List.of("1767225602000", "Orders1767225602000"),
            List.of("1767225603000", "PlacedAt1767225603000"));
    Verified.declareIndexes(typeOrm.project(), "Orders1767225602000", "PlacedAt1767225603000");
    typeOrm.project().dropAnIndex();
    Verified found = Verified.of(typeOrm.project(), 2);
    assertThat(found.tool()).isEqualTo("typeorm");
    assertThat(found.states())
        .contains("PlacedAt1767225603000 applied", "Invoices1767225604000 pending");
    assertThat(found.findings())
        .containsExactly(
            "false-claim Orders1767225602000: index idx_orders_customer_id on orders",
            "false-claim PlacedAt1767225603000: index idx_orders_placed_at on orders",
            "invalid-index null: index idx_customers_name on customers");
  }

  private void migrate(int exit) {
    typeOrm.run(exit, "migration:run", "-d", "data-source.cjs");
  }
}
