package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.exception.CommandExecutionException;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiquibaseTest {
  /** Held, or the level that is set on it would be forgotten with it. */
  private static final Logger LOGGER = Logger.getLogger("liquibase");

  private static final Path FOLDER = Path.of("target", "tools", "liquibase").toAbsolutePath();

  @AutoClose final TestDatabase database = TestDatabase.postgres();
  private final ToolProject project = ToolProject.of("liquibase", FOLDER, database);

  @BeforeAll
  static void quietly() {
    LOGGER.setLevel(Level.OFF);
  }

  @Test
  void records_what_it_left_out_and_nothing_of_what_failed() throws Exception {
    updatedOnce();
    project.lay("second");
    assertThatThrownBy(this::update)
        .isInstanceOf(CommandExecutionException.class)
        .hasMessageContaining("004-invoices.sql::7::ada");
    assertThat(recorded())
        .containsExactly(
            List.of("1", "EXECUTED"),
            List.of("2", "EXECUTED"),
            List.of("3", "EXECUTED"),
            List.of("4", "EXECUTED"),
            List.of("5", "MARK_RAN"));
    assertThat(lock()).isEqualTo("f");
    project.dropAnIndex();
    Verified found = Verified.of(project, 2);
    assertThat(found.tool()).isEqualTo("liquibase");
    assertThat(found.states())
        .contains("db/changelog/changes/003-placed-at.sql::5::ada marked")
        .anyMatch(state -> state.endsWith("004-invoices.sql::7::ada pending"));
    assertThat(found.findings())
        .hasSize(5)
        .contains(
            "false-claim db/changelog/changes/002-orders.sql::3::ada: index idx_orders_customer_id on orders",
            "false-claim db/changelog/changes/003-placed-at.sql::4::ada: index idx_orders_placed_at on orders",
            "false-claim db/changelog/changes/003-placed-at.sql::5::ada: index idx_orders_total on orders")
        .anyMatch(finding -> finding.matches("half-done .*004-invoices.sql::7::ada: .*"))
        .anyMatch(finding -> finding.startsWith("invalid-index "));
  }

  @Test
  void leaves_its_lock_behind_when_it_loses_the_database() throws Exception {
    updatedOnce();
    project.lay("cut-off");
    assertThatThrownBy(this::update).isInstanceOf(CommandExecutionException.class);
    assertThat(recorded()).hasSize(3);
    assertThat(lock()).isEqualTo("t");
    Verified found = Verified.of(project, 1);
    assertThat(found.lock().asText()).startsWith("Liquibase's lock is held by ");
    assertThat(found.findings())
        .anyMatch(finding -> finding.startsWith("locked "))
        .anyMatch(finding -> finding.matches("not-recorded .*003-shipments.sql::4::ada: .*"));
  }

  private void updatedOnce() throws Exception {
    project.lay("first");
    update();
    project.twoOfOneName();
    project.indexOverAnotherColumn();
  }

  private void update() throws Exception {
    try (DirectoryResourceAccessor files = new DirectoryResourceAccessor(project.folder())) {
      Scope.child(
          Map.of(
              Scope.Attr.resourceAccessor.name(),
              files,
              Scope.Attr.ui.name(),
              new LoggerUIService(),
              AnalyticsArgs.ENABLED.getKey(),
              false),
          () ->
              new CommandScope(UpdateCommandStep.COMMAND_NAME)
                  .addArgumentValue(DbUrlConnectionArgumentsCommandStep.URL_ARG, database.url())
                  .addArgumentValue(
                      UpdateCommandStep.CHANGELOG_FILE_ARG, "db/changelog/db.changelog-master.yaml")
                  .addArgumentValue(
                      ShowSummaryArgument.SHOW_SUMMARY_OUTPUT, UpdateSummaryOutputEnum.LOG)
                  .execute());
    }
  }

  private List<List<String>> recorded() {
    return database.query("SELECT id, exectype FROM databasechangelog ORDER BY orderexecuted");
  }

  private String lock() {
    return String.valueOf(database.queryValue("SELECT locked FROM databasechangeloglock"));
  }
}
