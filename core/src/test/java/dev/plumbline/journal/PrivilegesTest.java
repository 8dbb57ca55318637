package dev.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
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
  void a_role_that_may_not_make_tables_for_before_images_is_told_what_to_grant() {
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY)", "CREATE SCHEMA plumb", "CREATE TABLE plumb.x ()");
    TestRole role = database.role("USAGE ON SCHEMA plumb", "SELECT ON t");
    try (Session session = session(role)) {
      BeforeImages images = new BeforeImages(session, 1);
      assertThatThrownBy(
              () ->
                  images.create(
                      1,
                      Images.Change.UPDATE,
                      "\"public\".\"t\"",
                      List.of("id"),
                      List.of("integer"),
                      List.of("id"),
                      "UPDATE t"))
          .isInstanceOfSatisfying(
              PlumblineException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
                assertThat(e.next()).contains("CREATE on schema plumb");
              });
    }
  }

  private static Session session(TestRole role) {
    return Database.of(JdbcUrl.parse(role.url())).openForWriting(Timeouts.WRITING);
  }
}
