package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FaultsTest {
  @Test
  void kills_the_backends_of_one_database_only() throws SQLException {
    try (TestDatabase database = TestDatabase.postgres();
        TestDatabase other = TestDatabase.postgres();
        Connection first = database.connect();
        Connection second = database.connect();
        Connection spared = other.connect()) {
      assertThat(Faults.killBackends(database)).isEqualTo(2);
      assertThat(first.isValid(5)).isFalse();
      assertThat(second.isValid(5)).isFalse();
      assertThat(spared.isValid(5)).isTrue();
    }
  }
}
