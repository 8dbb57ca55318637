package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DjangoTest {
  @AutoClose final TestDatabase database = TestDatabase.sqlite();
  private final ToolProject django =
      ToolProject.of("django", Installation.PYTHON.folder(), database);

  @Test
  void leaves_what_a_failed_migration_has_made_if_it_is_not_atomic() {
    failedOnInvoices();
    assertThat(recorded())
        .containsExactly(
            List.of("shop", "0001_customers"),
            List.of("shop", "0002_orders"),
            List.of("shop", "0003_placed_at"));
    assertThat(database.query("SELECT count(*) FROM invoices")).containsExactly(List.of("0"));
    Verified.declareIndexes(django, "shop.0002_orders", "shop.0003_placed_at");
    django.dropAnIndex();
    Verified found = Verified.of(django, 2);
    assertThat(found.tool()).isEqualTo("django");
    assertThat(found.states())
        .contains("shop.0003_placed_at applied", "shop.0004_invoices pending");
    assertThat(found.findings())
        .containsExactly(
            "false-claim shop.0002_orders: index idx_orders_customer_id on orders",
            "false-claim shop.0003_placed_at: index idx_orders_placed_at on orders");
  }

  @Test
  void records_what_it_was_told_to_fake_like_any_other() {
    failedOnInvoices();
    manage(0, "migrate", "shop", "0004", "--fake");
    assertThat(recorded()).hasSize(4).last().isEqualTo(List.of("shop", "0004_invoices"));
  }

  private void failedOnInvoices() {
    django.lay("first");
    manage(0, "migrate");
    django.twoOfOneName();
    django.indexOverAnotherColumn();
    django.lay("second");
    manage(1, "migrate");
  }

  private void manage(int exit, String command, String... arguments) {
    django.run(
        exit,
        Stream.concat(Stream.of("../../bin/python", "manage.py", command), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private List<List<String>> recorded() {
    return database.query("SELECT app, name FROM django_migrations ORDER BY id");
  }
}
