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
  }

  /** As it comes: the row is written in the transaction of the lock, and taken back with it. */
  @Test
  void loses_the_record_of_a_failed_migration_if_its_lock_is_the_transactions() {
    failedOnInvoices(true);
    assertThat(recorded()).hasSize(3);
    assertThat(database.query("SELECT count(*) FROM invoices")).containsExactly(List.of("0"));
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
