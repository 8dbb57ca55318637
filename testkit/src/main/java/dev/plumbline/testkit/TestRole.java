package dev.plumbline.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * A PostgreSQL role of a test: it may log in, is no superuser, does not bypass row-level security,
 * and holds only what it was granted. Made by {@link TestDatabase#role} and dropped with the
 * database.
 */
public final class TestRole {
  private final TestDatabase database;
  private final PostgresHost host;
  private final String name;
  private final String password;

  private TestRole(TestDatabase database, PostgresHost host) {
    this.database = database;
    this.host = host;
    this.name = "role_" + UUID.randomUUID().toString().replace("-", "");
    this.password = UUID.randomUUID().toString();
  }

  static TestRole create(TestDatabase database, PostgresHost host) {
    TestRole role = new TestRole(database, host);
    database.execute("CREATE ROLE " + role.name + " LOGIN PASSWORD '" + role.password + "'");
    return role;
  }

  public String name() {
    return name;
  }

  public String password() {
    return password;
  }

  /** The URL of the role's database, as this role. */
  public String url() {
    return host.url(database.name(), name, password);
  }

  /**
   * Grants a further privilege.
   *
   * @param privilege as in GRANT, without the role: {@code "SELECT ON enrollments"}
   */
  public TestRole grant(String privilege) {
    database.execute("GRANT " + privilege + " TO " + name);
    return this;
  }

  /** What it owned went with the database. */
  void drop() {
    try (Connection admin = host.admin();
        Statement statement = admin.createStatement()) {
      statement.execute("DROP ROLE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("the role " + name + " could not be dropped", e);
    }
  }
}
