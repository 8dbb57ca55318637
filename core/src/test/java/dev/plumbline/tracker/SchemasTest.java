package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.layout.Tool;
import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SchemasTest {
  @AutoClose final TestDatabase database = TestDatabase.postgres();

  @Test
  void each_schema_has_a_history_of_its_own() {
    for (String schema : List.of("tenant_1", "we\"ird Schema")) {
      String quoted = '"' + schema.replace("\"", "\"\"") + '"';
      database.execute(
          "CREATE SCHEMA " + quoted,
          "SET search_path TO " + quoted,
          "CREATE TABLE schema_migrations (version varchar(255) PRIMARY KEY)",
          "INSERT INTO schema_migrations VALUES ('1')");
    }
    database.execute(
        "CREATE TABLE tenant_1.ar_internal_metadata (key text, value text)",
        "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)");

    List<TrackerHistory> histories = read();
    assertThat(histories)
        .extracting(history -> history.table().schema() + " " + history.tool())
        .containsExactly(
            "public " + Tool.GOLANG_MIGRATE,
            "tenant_1 " + Tool.RAILS,
            "we\"ird Schema " + Tool.DBMATE);
    TrackerHistory odd = histories.getLast();
    change(Trackers.resetTo(odd, Trackers.match(odd, List.of()), Trackers.BASE));
    assertThat(database.query("SELECT * FROM \"we\"\"ird Schema\".schema_migrations")).isEmpty();
    assertThat(database.query("SELECT * FROM tenant_1.schema_migrations")).hasSize(1);
  }

  @Test
  void ef_cores_columns_may_have_been_renamed() {
    database.execute(
        "CREATE TABLE \"__EFMigrationsHistory\" (migration_id text PRIMARY KEY, product_version text)",
        "INSERT INTO \"__EFMigrationsHistory\" VALUES ('20240101000000_A', '8'), ('20240102000000_B', '8')");
    TrackerHistory history = read().getFirst();
    change(Trackers.resetTo(history, Trackers.match(history, List.of()), "20240101000000_A"));
    assertThat(database.query("SELECT migration_id FROM \"__EFMigrationsHistory\""))
        .containsExactly(List.of("20240101000000_A"));
  }

  private List<TrackerHistory> read() {
    try (Session session =
        Database.of(JdbcUrl.parse(database.url())).openForReading(Timeouts.READING)) {
      return session.transaction(() -> Trackers.read(session));
    }
  }

  private void change(TrackerEdit edit) {
    try (Session session =
        Database.of(JdbcUrl.parse(database.url())).openForWriting(Timeouts.WRITING)) {
      edit.statements(session.dialect()).forEach(session::execute);
    }
  }
}
