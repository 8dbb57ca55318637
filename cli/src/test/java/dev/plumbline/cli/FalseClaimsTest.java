package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.TestRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Migrations that a tool has recorded as applied and that are not true, each in its own way: found,
 * put down to the migration, and made true where that takes nothing away. There is no project.
 */
class FalseClaimsTest {
  @TempDir Path files;

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  private int rank;

  @BeforeEach
  void applied() throws IOException {
    database.execute(
        """
        CREATE TABLE flyway_schema_history (
          installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL,
          type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer,
          installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(),
          execution_time integer NOT NULL, success boolean NOT NULL)""");
    String tables =
        """
        CREATE TABLE customers (id integer PRIMARY KEY, email text, level integer);
        CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, status text, amount integer);
        CREATE FUNCTION total(o integer) RETURNS bigint LANGUAGE sql AS 'SELECT sum(amount) FROM orders WHERE id = o';
        """;
    recorded("tables", tables);
    database.execute(tables.split(";\n"));
    database.execute(
        "INSERT INTO customers VALUES (1, 'a@x', 1), (2, 'a@x', 2)",
        "INSERT INTO orders VALUES (1, 1, 'new', 5), (2, 9, 'new', 7)");

    recorded("index", "CREATE INDEX IF NOT EXISTS idx_orders_status ON orders (status);");
    database.execute("CREATE INDEX idx_orders_status ON orders (amount)");

    recorded("unique", "CREATE UNIQUE INDEX CONCURRENTLY customers_email ON customers (email);");
    assertThatThrownBy(
            () ->
                database.execute(
                    "CREATE UNIQUE INDEX CONCURRENTLY customers_email ON customers (email)"))
        .hasStackTraceContaining("could not create unique index");

    recorded("not_null", "ALTER TABLE orders ALTER COLUMN status SET NOT NULL;");
    recorded(
        "function",
        """
        CREATE OR REPLACE FUNCTION total(o integer) RETURNS bigint LANGUAGE sql
          AS 'SELECT coalesce(sum(amount), 0) FROM orders WHERE id = o';
        """);
    recorded("type", "ALTER TABLE orders ALTER COLUMN amount TYPE bigint;");
    String key =
        "ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id)"
            + " REFERENCES customers (id) NOT VALID";
    recorded("key", key + ";");
    database.execute(key);
    recorded("validated", "ALTER TABLE orders VALIDATE CONSTRAINT orders_customer;");
  }

  @Test
  void each_is_found_and_put_down_to_its_migration() {
    JsonNode found = cli(database.url()).callJson(2, verify());
    assertThat(claims(found))
        .containsExactlyInAnyOrder(
            "2 index idx_orders_status on orders: is there, but as CREATE INDEX idx_orders_status ON public.orders USING btree (amount)",
            "3 index customers_email on customers: is invalid: a concurrent build failed",
            "4 column status of orders: may be NULL",
            "5 function total(integer): has another body",
            "6 column amount of orders: is integer, stated bigint",
            "8 constraint orders_customer on orders: is not validated");
    assertThat(found.get("findings"))
        .as("told once")
        .hasSize(6)
        .allSatisfy(
            finding -> assertThat(finding.get("file").asText()).startsWith(files.toString()));
  }

  @Test
  void what_takes_nothing_away_is_made_true_each_by_itself() {
    Cli cli = cli(database.url());
    cli.callJson(2, verify("--commit"));
    assertThat(claims(cli.callJson(2, verify())))
        .as("duplicates, a row without its customer, and what is left to people")
        .containsExactlyInAnyOrder(
            "2 index idx_orders_status on orders: is there, but as CREATE INDEX idx_orders_status ON public.orders USING btree (amount)",
            "3 index customers_email on customers: missing",
            "6 column amount of orders: is integer, stated bigint",
            "8 constraint orders_customer on orders: is not validated");

    assertThat(cli.call("rollback", "1").exit()).as("without a project, too").isZero();

    database.execute(
        "UPDATE customers SET email = 'b@x' WHERE id = 2", "DELETE FROM orders WHERE id = 2");
    cli.callJson(2, verify("--commit"));
    assertThat(claims(cli.callJson(2, verify()))).hasSize(2);

    database.execute(
        "DROP INDEX idx_orders_status", "ALTER TABLE orders ALTER COLUMN amount TYPE bigint");
    cli.callJson(0, verify("--commit"));
    assertThat(claims(cli.callJson(0, verify()))).isEmpty();
  }

  @Test
  void looking_needs_no_right_to_write() {
    TestRole reader = database.role("USAGE ON SCHEMA public", "SELECT ON flyway_schema_history");
    JsonNode found = cli(reader.url()).callJson(2, verify());
    assertThat(claims(found)).hasSize(6);
    Cli.Result denied = cli(reader.url()).call(verify("--commit"));
    assertThat(denied.exit()).isEqualTo(77);
    assertThat(claims(cli(database.url()).callJson(2, verify()))).hasSize(6);
  }

  private String[] verify(String... further) {
    List<String> words = new ArrayList<>(List.of("verify", "--files", files.toString()));
    words.addAll(List.of(further));
    return words.toArray(String[]::new);
  }

  private static List<String> claims(JsonNode found) {
    List<String> claims = new ArrayList<>();
    for (JsonNode finding : found.get("findings")) {
      if (finding.get("sort").asText().equals("false-claim")) {
        claims.add(
            finding.get("revision").asText()
                + " "
                + finding.get("about").asText()
                + ": "
                + finding.get("what").asText());
      }
    }
    return claims;
  }

  private void recorded(String name, String sql) throws IOException {
    rank++;
    String script = "V" + rank + "__" + name + ".sql";
    Files.writeString(files.resolve(script), sql + "\n");
    database.execute(
        "INSERT INTO flyway_schema_history VALUES (%1$d, '%1$d', '%2$s', 'SQL', '%3$s', NULL, 'x', now(), 1, true)"
            .formatted(rank, name, script));
  }

  private Cli cli(String url) {
    return new Cli(files, url);
  }
}
