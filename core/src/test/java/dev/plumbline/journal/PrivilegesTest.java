package dev.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.TestRole;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PrivilegesTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @Test
  void a_role_that_may_not_make_the_journal_is_told_what_to_grant() {
    TestRole role = database.role();
    try (Session session = session(role)) {
      assertThatThrownBy(() -> new Journal(session).create())
          .isInstanceOfSatisfying(
              PlumblineException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
                assertThat(e.next()).contains("plumb journal").contains("CREATE on schema plumb");
              });
    }
  }

  @Test
  void a_role_without_any_privilege_on_the_journal_is_told_what_to_grant() {
    makeJournal();
    try (Session session = session(database.role())) {
      assertThatThrownBy(() -> new Journal(session).create())
          .isInstanceOfSatisfying(
              PlumblineException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
                assertThat(e.next()).contains("USAGE and CREATE on schema plumb");
              });
    }
  }

  @Test
  void a_role_that_may_write_no_before_images_is_told_what_to_grant() {
    makeJournal();
    database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    TestRole role = database.role("USAGE ON SCHEMA plumb", "SELECT ON plumb.image_rows");
    isDenied(role);
  }

  @Test
  void an_older_journal_gets_the_shared_table_from_its_ddl() {
    makeJournal();
    database.execute("CREATE TABLE t (id int PRIMARY KEY)", "DROP TABLE plumb.image_rows");
    TestRole role =
        database.role(
            "USAGE ON SCHEMA plumb",
            "SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA plumb",
            "SELECT ON t");
    isDenied(role);

    makeJournal();
    role.grant("SELECT, INSERT ON plumb.image_rows");
    database.execute(
        """
        INSERT INTO plumb.runs (kind, invariant, definition, checksum, strategy, workers, state,
          planned, actor, host, version)
        VALUES ('repair', 'i', '', '', 'scan', 1, 'planned', 0, '', '', '')""");
    try (Session session = session(role)) {
      assertThat(images(session).table().sql()).isEqualTo("plumb.\"image_rows\"");
      assertThat(new BeforeImages(session, 1).list()).containsExactly(images(session));
    }
  }

  private void makeJournal() {
    database.execute(Journal.ddl(new PostgresDialect()).toArray(String[]::new));
  }

  private static Images images(Session session) {
    return new BeforeImages(session, 1)
        .create(
            1,
            Images.Change.UPDATE,
            "\"public\".\"t\"",
            List.of("id"),
            List.of("integer"),
            List.of("id"),
            "UPDATE t");
  }

  private static void isDenied(TestRole role) {
    try (Session session = session(role)) {
      assertThatThrownBy(() -> images(session))
          .isInstanceOfSatisfying(
              PlumblineException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
                assertThat(e.next()).contains("CREATE on schema plumb").contains("plumb journal");
              });
    }
  }

  private static Session session(TestRole role) {
    return Database.of(JdbcUrl.parse(role.url())).openForWriting(Timeouts.WRITING);
  }
}
