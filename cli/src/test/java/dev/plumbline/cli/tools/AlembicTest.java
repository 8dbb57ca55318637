package dev.plumbline.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AlembicTest {
  @AutoClose final TestDatabase database = TestDatabase.sqlite();
  private final ToolProject alembic =
      ToolProject.of("alembic", Installation.PYTHON.folder(), database);

  /** Python's SQLite driver commits before each change of the schema. */
  @Test
  void leaves_what_a_failed_migration_has_made_on_sqlite() {
    alembic.lay("first");
    alembic.run(0, "../../bin/alembic", "upgrade", "head");
    alembic.twoOfOneName();
    alembic.indexOverAnotherColumn();
    alembic.lay("second");
    alembic.run(1, "../../bin/alembic", "upgrade", "head");
    assertThat(database.query("SELECT version_num FROM alembic_version"))
        .containsExactly(List.of("0003"));
    assertThat(database.query("SELECT count(*) FROM invoices")).containsExactly(List.of("0"));
    Verified.declareIndexes(alembic, "0002", "0003");
    alembic.dropAnIndex();
    Verified found = Verified.of(alembic, 2);
    assertThat(found.tool()).isEqualTo("alembic");
    assertThat(found.states()).contains("0003 applied", "0004 pending");
    assertThat(found.findings())
        .containsExactly(
            "false-claim 0002: index idx_orders_customer_id on orders",
            "false-claim 0003: index idx_orders_placed_at on orders");
  }
}
