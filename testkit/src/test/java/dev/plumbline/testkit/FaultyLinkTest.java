package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyLinkTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @BeforeEach
  void table() {
    database.execute("CREATE TABLE t (v text)");
  }

  @Test
  void carries_everything_while_nothing_is_wrong() throws SQLException {
    try (FaultyLink link = FaultyLink.to(database);
        Connection connection = DriverManager.getConnection(link.url());
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO t SELECT repeat('x', 100000) FROM generate_series(1, 20)");
      var result = statement.executeQuery("SELECT sum(length(v)) FROM t");
      result.next();
      assertThat(result.getLong(1)).isEqualTo(2_000_000);
      assertThat(link.struck()).isZero();
    }
  }

  @Test
  void cuts_at_once_and_lets_new_connections_through() throws SQLException {
    try (FaultyLink link = FaultyLink.to(database)) {
      try (Connection connection = DriverManager.getConnection(link.url())) {
        link.cut();
        assertThat(connection.isValid(5)).isFalse();
      }
      assertThat(connects(link)).isTrue();
    }
  }

  @Test
  void refuses_new_connections_until_healed() throws SQLException {
    try (FaultyLink link = FaultyLink.to(database)) {
      link.refuse();
      assertThatThrownBy(() -> DriverManager.getConnection(link.url()).close())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
      link.heal();
      assertThat(connects(link)).isTrue();
    }
  }

  @Test
  void cuts_in_the_middle_of_a_request() throws SQLException {
    try (FaultyLink link = FaultyLink.to(database);
        Connection connection = DriverManager.getConnection(link.url());
        Statement statement = connection.createStatement()) {
      link.cutAfter(50_000);
      String large = "INSERT INTO t VALUES ('" + "x".repeat(100_000) + "')";
      assertThatThrownBy(() -> statement.execute(large)).isInstanceOf(SQLException.class);
      assertThat(link.struck()).isEqualTo(1);
    }
    assertThat(database.queryValue("SELECT count(*) FROM t")).isEqualTo("0");
  }

  @Test
  void loses_the_reply_to_a_commit_that_the_server_has_done() throws SQLException {
    try (FaultyLink link = FaultyLink.to(database);
        Connection connection = DriverManager.getConnection(link.url());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO t VALUES ('committed')");
      link.loseReply("COMMIT");
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    }
    assertThat(database.queryValue("SELECT v FROM t")).isEqualTo("committed");
  }

  @Test
  void freezes_until_healed() throws Exception {
    try (FaultyLink link = FaultyLink.to(database);
        Connection connection = DriverManager.getConnection(link.url());
        var threads = Executors.newSingleThreadExecutor()) {
      link.freeze();
      assertThat(connection.isValid(1)).isFalse();
      assertThat(database.queryValue("SELECT 1")).isEqualTo("1");
      Future<Boolean> waiting = threads.submit(() -> connects(link));
      link.heal();
      assertThat(waiting.get()).isTrue();
    }
  }

  private static boolean connects(FaultyLink link) throws SQLException {
    try (Connection connection = DriverManager.getConnection(link.url())) {
      return connection.isValid(5);
    }
  }
}
