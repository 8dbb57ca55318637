package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DbmateTest {
  @AutoClose final TestDatabase database = TestDatabase.postgres();
  private final ToolProject dbmate = ToolProject.of("dbmate", Installation.NPM.folder(), database);

  @Test
  void leaves_no_record_of_an_index_that_could_not_be_built_concurrently() {
    dbmate.lay("first");
    migrate(0);
    dbmate.twoOfOneName();
    dbmate.indexOverAnotherColumn();
    dbmate.lay("second");
    migrate(2);
    assertThat(database.query("SELECT version FROM schema_migrations ORDER BY version"))
        .containsExactly(
            List.of("20260101000001"), List.of("20260101000002"), List.of("20260101000003"));
    dbmate.dropAnIndex();
    Verified found = Verified.of(dbmate, 2);
    assertThat(found.tool()).isEqualTo("dbmate");
    assertThat(found.states().get(3)).isEqualTo("20260101000004 pending");
    assertThat(found.findings())
        .containsExactly(
            "false-claim 20260101000002: index idx_orders_customer_id on orders",
            "false-claim 20260101000003: index idx_orders_placed_at on orders",
            "invalid-index 20260101000004: index idx_customers_name on customers");
  }

  private void migrate(int exit) {
    dbmate.run(
        exit, "../../node_modules/@dbmate/linux-x64/bin/dbmate", "--no-dump-schema", "migrate");
  }
}
