package dev.plumbline.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.parser.Statement;
import dev.plumbline.testkit.PostgresVersion;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every statement of a long script takes effect, so at no point of it is a claim false. */
@EnabledIf("dev.plumbline.parser.PostgresParser#isAvailable")
final class NoFalseAlarmTest {
  @ParameterizedTest
  @CsvSource({
    "varied.sql, OLDEST, 180, 340",
    "varied.sql, NEWEST, 180, 340",
    "altered.sql, OLDEST, 150, 150",
    "altered.sql, NEWEST, 150, 150"
  })
  void what_took_effect_is_found(
      String script, PostgresVersion version, int statementsAtLeast, int claimsAtLeast)
      throws IOException, SQLException {
    List<Statement> statements = PostgresFixture.statements(script(script));
    assertThat(statements.size()).isGreaterThan(statementsAtLeast);
    int most = 0;
    try (TestDatabase database = TestDatabase.postgres(version);
        Connection connection = database.connect();
        java.sql.Statement run = connection.createStatement()) {
      for (int i = 0; i < statements.size(); i++) {
        run.execute(statements.get(i).text());
        if (i % 8 == 0 || i + 1 == statements.size()) {
          PostgresClaims claims = new PostgresClaims(PostgresFixture.PARSER);
          claims.add("", statements.subList(0, i + 1));
          most = Math.max(most, claims.standing().size());
          assertThat(new PostgresFixture(database).check(claims.standing()))
              .as("after " + statements.get(i).text())
              .isEmpty();
        }
      }
    }
    assertThat(most).isGreaterThan(claimsAtLeast);
  }

  private static String script(String name) throws IOException {
    try (InputStream in = NoFalseAlarmTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
