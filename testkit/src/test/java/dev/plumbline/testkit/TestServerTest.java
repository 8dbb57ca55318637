package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestServerTest {
  @ParameterizedTest
  @EnumSource
  void keeps_what_was_committed_through_a_crash(PostgresVersion version) throws SQLException {
    try (TestServer server = TestServer.postgres(version);
        TestDatabase database = server.database()) {
      database.execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1)");
      try (Connection cut = DriverManager.getConnection(database.url())) {
        server.crash();
        assertThat(server.isRunning()).isFalse();
        assertThatThrownBy(() -> cut.createStatement().execute("SELECT 1"))
            .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> database.query("TABLE t")).hasCauseInstanceOf(SQLException.class);
      }
      server.start();
      assertThat(database.queryValue("SELECT id FROM t")).isEqualTo("1");
    }
  }
}
