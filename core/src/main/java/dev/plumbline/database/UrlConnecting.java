package dev.plumbline.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Connects with the driver that takes the URL. Safe for several threads.
 *
 * <p>A URL that is wrong and a server that is away have the same SQLState with some drivers. After
 * a failure the driver is asked what its parameters may be, so that the two are told apart.
 */
final class UrlConnecting implements Connecting {
  /** The SQLState for a parameter whose value makes no sense. */
  private static final String INVALID_PARAMETER = "22023";

  private final JdbcUrl url;

  UrlConnecting(JdbcUrl url) {
    this.url = url;
  }

  @Override
  public Connection open() throws SQLException {
    try {
      return DriverManager.getConnection(url.url(), url.properties());
    } catch (SQLException e) {
      Optional<String> wrong = wrongPart();
      if (wrong.isPresent()) {
        throw new SQLException(wrong.get(), INVALID_PARAMETER, e);
      }
      throw e;
    }
  }

  private Optional<String> wrongPart() {
    try {
      return Arrays.stream(
              DriverManager.getDriver(url.url()).getPropertyInfo(url.url(), url.properties()))
          .filter(this::refused)
          .findFirst()
          .map(
              parameter ->
                  "`"
                      + parameter.name
                      + "` cannot be `"
                      + parameter.value
                      + "`, only "
                      + String.join(", ", parameter.choices));
    } catch (SQLException notTaken) {
      return Optional.of("no JDBC driver can read it");
    }
  }

  private boolean refused(DriverPropertyInfo parameter) {
    return parameter.choices != null
        && parameter.value != null
        && url.url().contains(parameter.name + "=")
        && Arrays.stream(parameter.choices).noneMatch(parameter.value::equalsIgnoreCase);
  }
}
