package dev.plumbline.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  /** The journal compares the one with the other as text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "a,b",
        "[\"x\"]",
        "quo\"te",
        "back\\slash",
        "sla/sh",
        "tab\tline\nfeed\r\b\f",
        "\u0001\u001f\u007f",
        "zürich 東京 😀",
        "\u2028",
        "<&>'"
      })
  void is_written_alike_by_the_program_and_by_the_database(String value) throws SQLException {
    Key key = new Key(List.of(value, "second"));
    Sql sql = new PostgresDialect().keyJson(List.of(Sql.of("CAST(? AS text)"), Sql.of("'second'")));
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement("SELECT " + sql)) {
      statement.setString(1, value);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        assertThat(result.getString(1)).isEqualTo(key.toJson());
      }
    }
    assertThat(Key.fromJson(key.toJson())).isEqualTo(key);
  }

  @Test
  void of_several_columns_is_one_array() {
    assertThat(new Key(List.of("1", "a")).toJson()).isEqualTo("[\"1\",\"a\"]");
  }
}
