package dev.plumbline.database;

import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL itself said: its message without the driver's additions, and the position in the
 * statement. Read by reflection, since core comes without a driver and JDBC has no call for it (see
 * <a
 * href="https://jdbc.postgresql.org/documentation/publicapi/org/postgresql/util/PSQLException.html">
 * PSQLException.getServerErrorMessage</a>).
 *
 * @param position counted from 1
 */
record ServerMessage(String text, OptionalInt position) {

  static ServerMessage of(SQLException e) {
    Object message = call(e, "getServerErrorMessage");
    String plain = String.valueOf(e.getMessage());
    if (message == null) {
      return new ServerMessage(plain, OptionalInt.empty());
    }
    String text = call(message, "getMessage") instanceof String s ? s : plain;
    String detail = call(message, "getDetail") instanceof String s ? " (" + s + ")" : "";
    int position = call(message, "getPosition") instanceof Integer i ? i : 0;
    return new ServerMessage(
        text + detail, position > 0 ? OptionalInt.of(position) : OptionalInt.empty());
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
