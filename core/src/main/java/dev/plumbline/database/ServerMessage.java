package dev.plumbline.database;

import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the database itself said: its message without the driver's additions, and where in the
 * statement. PostgreSQL's is read by reflection, since core comes without a driver and JDBC has no
 * call for it (see <a
 * href="https://jdbc.postgresql.org/documentation/publicapi/org/postgresql/util/PSQLException.html">
 * PSQLException.getServerErrorMessage</a>). SQLite's stands in parentheses behind the driver's, and
 * has the place only as the word that it stumbled over. PostgreSQL's detail is left out: it holds
 * values of the row.
 *
 * @param position counted from 1
 * @param near the code that the message names
 * @param routine the function of the server that refused: the same in every language and, other
 *     than the text, fit to decide by
 */
record ServerMessage(
    String text, OptionalInt position, Optional<String> near, Optional<String> routine) {
  private static final Pattern SQLITE =
      Pattern.compile("\\[SQLITE_\\w+\\] .*? \\((.*)\\)", Pattern.DOTALL);

  /** See <a href="https://www.sqlite.org/src/file/src/resolve.c">resolve.c</a> and parse.y. */
  private static final Pattern NEAR =
      Pattern.compile(
          "near \"(.+)\": syntax error|unrecognized token: \"(.+)\""
              + "|(?:no such (?:table|column|function)|ambiguous column name): (.+)");

  static ServerMessage of(SQLException e) {
    Object message = call(e, "getServerErrorMessage");
    String plain = String.valueOf(e.getMessage());
    if (message == null) {
      return sqlite(plain);
    }
    String text = call(message, "getMessage") instanceof String s ? s : plain;
    int position = call(message, "getPosition") instanceof Integer i ? i : 0;
    return new ServerMessage(
        text,
        position > 0 ? OptionalInt.of(position) : OptionalInt.empty(),
        Optional.empty(),
        call(message, "getRoutine") instanceof String s ? Optional.of(s) : Optional.empty());
  }

  private static ServerMessage sqlite(String plain) {
    Matcher wrapped = SQLITE.matcher(plain);
    String text = wrapped.matches() ? wrapped.group(1) : plain;
    Matcher near = NEAR.matcher(text);
    return new ServerMessage(
        text,
        OptionalInt.empty(),
        near.matches()
            ? IntStream.rangeClosed(1, near.groupCount())
                .mapToObj(near::group)
                .filter(Objects::nonNull)
                .findFirst()
            : Optional.empty(),
        Optional.empty());
  }

  private static @Nullable Object call(Object target, String name) {
    try {
      Method method = target.getClass().getMethod(name);
      return method.invoke(target);
    } catch (ReflectiveOperationException notThatDriver) {
      return null;
    }
  }
}
