package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SequelizeTest {
  @AutoClose final TestDatabase database = TestDatabase.postgres();
  private final NodeTool sequelize =
      NodeTool.of("sequelize", NodeTool.installed("sequelize-cli"), database);

  @Test
  void leaves_no_record_of_a_migration_that_failed_half_way() {
    sequelize.project().lay("first");
    sequelize.run(0, "db:migrate");
    sequelize.project().twoOfOneName();
    sequelize.project().indexOverAnotherColumn();
    sequelize.project().lay("second");
    sequelize.run(1, "db:migrate");
    assertThat(database.query("SELECT name FROM \"SequelizeMeta\" ORDER BY name"))
        .containsExactly(
            List.of("20260101000001-customers.js"),
            List.of("20260101000002-orders.js"),
            List.of("20260101000003-placed-at.js"));
    Verified.declareIndexes(
        sequelize.project(), "20260101000002-orders.js", "20260101000003-placed-at.js");
    sequelize.project().dropAnIndex();
    Verified found = Verified.of(sequelize.project(), 2);
    assertThat(found.tool()).isEqualTo("sequelize");
    assertThat(found.states())
        .contains("20260101000003-placed-at.js applied", "20260101000004-invoices.js pending");
    assertThat(found.findings())
        .containsExactly(
            "false-claim 20260101000002-orders.js: index idx_orders_customer_id on orders",
            "false-claim 20260101000003-placed-at.js: index idx_orders_placed_at on orders",
            "invalid-index null: index idx_customers_name on customers");
  }
}
