package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FlywayTest {
  private static final Path FOLDER = Path.of("target", "tools", "flyway").toAbsolutePath();

  @AutoClose final TestDatabase database = TestDatabase.postgres();
  private final ToolProject project = ToolProject.of("flyway", FOLDER, database);

  /** Its documentation has it so, where indexes are built concurrently. */
  @Test
  void records_a_failed_migration_without_transaction_if_its_lock_is_the_sessions() {
    failedOnInvoices(false);
    assertThat(recorded())
        .containsExactly(
            List.of("1", "V1__customers.sql", "t"),
            List.of("2", "V2__orders.sql", "t"),
            List.of("3", "V3__placed_at.sql", "t"),
            List.of("4", "V4__invoices.sql", "f"));
    project.dropAnIndex();
    Verified found = Verified.of(project, 2);
    assertThat(found.states())
        .containsExactly(
            "1 applied",
            "2 applied",
            "3 applied",
            "4 failed",
            "5 pending",
            "R__order_totals pending");
    assertThat(found.findings())
        .containsExactly(
            "false-claim 2: index idx_orders_customer_id on orders",
            "false-claim 3: index idx_orders_placed_at on orders",
            "failed-migration 4: migration 4",
            "invalid-index 4: index idx_customers_name on customers");
    assertThat(found.what("failed-migration", "4")).contains("There: table invoices");
  }

  /** As it comes: the row is written in the transaction of the lock, and taken back with it. */
  @Test
  void loses_the_record_of_a_failed_migration_if_its_lock_is_the_transactions() {
    failedOnInvoices(true);
    assertThat(recorded()).hasSize(3);
    Verified found = Verified.of(project, 2);
    assertThat(found.states().get(3)).isEqualTo("4 pending");
    assertThat(found.findings())
        .containsExactly(
            "false-claim 3: index idx_orders_placed_at on orders",
            "half-done 4: migration 4",
            "invalid-index 4: index idx_customers_name on customers");
    assertThat(found.what("half-done", "4"))
        .contains("table invoices", "not there: index idx_customers_name");
  }

  private void failedOnInvoices(boolean lockOfTransaction) {
    project.lay("first");
    migrate(lockOfTransaction);
    project.twoOfOneName();
    project.indexOverAnotherColumn();
    project.lay("second");
    assertThatThrownBy(() -> migrate(lockOfTransaction))
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("V4__invoices.sql");
  }

  private void migrate(boolean lockOfTransaction) {
    FluentConfiguration flyway =
        Flyway.configure()
            .dataSource(database.url(), null, null)
            .locations("filesystem:" + project.folder().resolve("sql"));
    flyway
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(lockOfTransaction);
    flyway.load().migrate();
  }

  private List<List<String>> recorded() {
    return database.query(
        "SELECT version, script, success FROM flyway_schema_history ORDER BY installed_rank");
  }
}
