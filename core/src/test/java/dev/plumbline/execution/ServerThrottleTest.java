package dev.plumbline.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Timeouts;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerThrottleTest {

  @Test
  void holds_while_connections_run_out() throws SQLException {
    try (TestServer server = TestServer.postgres();
        TestDatabase database = server.database();
        Sessions sessions =
            new Sessions(Database.of(JdbcUrl.parse(database.url())), Timeouts.WRITING)) {
      assertThat(new ServerThrottle(sessions).hold()).isEmpty();

      int most = Integer.parseInt(String.valueOf(database.queryValue("SHOW max_connections")));
      List<Connection> crowd = new ArrayList<>();
      try {
        for (int i = 0; i < most * 95 / 100; i++) {
          crowd.add(database.connect());
        }
        assertThat(new ServerThrottle(sessions).hold())
            .hasValueSatisfying(why -> assertThat(why).contains("connections are in use"));
      } finally {
        for (Connection connection : crowd) {
          connection.close();
        }
      }
    }
  }
}
