package dev.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.Origin;
import dev.plumbline.claim.PostgresClaims;
import dev.plumbline.claim.SqliteClaims;
import dev.plumbline.parser.Statement;
import dev.plumbline.schema.Table;
import dev.plumbline.testkit.PostgresVersion;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledIf("dev.plumbline.parser.PostgresParser#isAvailable")
final class UnclaimedTest {
  private static List<Claim> claims(String... migrations) {
    PostgresClaims claims = new PostgresClaims(SnapshotTest.PARSER);
    for (int i = 0; i < migrations.length; i++) {
      claims.add("v" + (i + 1), SnapshotTest.PARSER.parse(migrations[i]).statements());
    }
    return claims.standing();
  }

  private static List<String> unclaimed(
      TestDatabase database, List<Claim> claims, Table... trackers) {
    return Unclaimed.of(
            SnapshotTest.snapshot(database), claims, List.of(trackers), SnapshotTest.PARSER)
        .stream()
        .map(SchemaObject::toString)
        .toList();
  }

  private static void run(TestDatabase database, String sql) {
    database.execute(
        SnapshotTest.PARSER.parse(sql).statements().stream()
            .map(Statement::text)
            .toArray(String[]::new));
  }

  @Test
  void finds_what_was_made_by_hand() {
    String migration =
        """
        CREATE TABLE orders (id serial PRIMARY KEY, customer int UNIQUE, n int CHECK (n > 0));
        CREATE INDEX ON orders (n);
        CREATE TABLE copy AS SELECT * FROM orders;
        CREATE TABLE alike (LIKE orders INCLUDING ALL);
        CREATE TYPE mood AS ENUM ('ok');
        CREATE FUNCTION total(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE VIEW v AS SELECT id FROM orders""";
    try (TestDatabase database = TestDatabase.postgres()) {
      run(database, migration);
      assertThat(unclaimed(database, claims(migration))).isEmpty();
      database.execute(
          "ALTER TABLE orders ADD COLUMN hot int, ADD CHECK (hot < 5), ADD UNIQUE (n)",
          "CREATE INDEX hot ON orders (customer)",
          "CREATE TABLE by_hand (id int PRIMARY KEY, a int)",
          "CREATE TABLE history (id int PRIMARY KEY)",
          "CREATE FUNCTION total(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "CREATE SEQUENCE loose");
      Table history =
          new Table(
              "public", "history", "history", List.of(), List.of(), false, List.of(), List.of(),
              List.of());
      assertThat(unclaimed(database, claims(migration), history))
          .containsExactly(
              "sequence loose",
              "table by_hand",
              "column hot of orders",
              "function total(integer)",
              "index hot on orders",
              "constraint orders_hot_check on orders",
              "constraint orders_n_key on orders");
    }
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void what_was_learnt_is_claimed(PostgresVersion version) throws IOException {
    try (TestDatabase database = TestDatabase.postgres(version)) {
      SnapshotTest.makeVaried(database);
      List<String> learnt = SnapshotTest.snapshot(database).statements();
      assertThat(unclaimed(database, claims(learnt.toArray(String[]::new))))
          .containsExactly("aggregate app.total(numeric)", "index events_only on app.events");
    }
  }

  @Test
  void finds_it_on_sqlite() {
    String made = "CREATE TABLE Orders (id INTEGER PRIMARY KEY, n INTEGER)";
    try (TestDatabase database = TestDatabase.sqlite()) {
      database.execute(
          made, "CREATE INDEX by_hand ON Orders (n)", "ALTER TABLE Orders ADD COLUMN late TEXT");
      SqliteClaims claims = new SqliteClaims();
      claims.add(List.of(new Origin("v1", 0, made)));
      assertThat(unclaimed(database, claims.standing()))
          .containsExactly("column late of Orders", "index by_hand on Orders");
    }
  }

  @Test
  void names_the_latest_migration_that_explains_an_object() {
    List<Claim> claims =
        claims(
            "CREATE TABLE t (a int, b int)",
            "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
            "CREATE INDEX i ON t (a); ALTER TABLE t ADD CHECK (b > 0)");
    Attribution attribution = new Attribution(claims, SnapshotTest.PARSER);
    try (TestDatabase database = TestDatabase.postgres()) {
      run(database, "CREATE TABLE t (a int, b int CHECK (b > 0)); CREATE INDEX i ON t (b)");
      database.execute("ALTER TABLE t ADD c int");
      assertThat(SnapshotTest.snapshot(database).objects())
          .extracting(o -> o + " " + attribution.of(o).map(Origin::source).orElse("-"))
          .containsExactly(
              "table t v1",
              "column a of t v2",
              "column b of t v1",
              "column c of t v1",
              "index i on t v3",
              "constraint t_b_check on t v3");
    }
  }
}
