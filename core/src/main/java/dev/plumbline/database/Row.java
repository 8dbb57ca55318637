package dev.plumbline.database;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One row of a result, read by column number from 1. Valid only while it is handed out. */
public final class Row {
  private final ResultSet result;
  private final Dialect dialect;

  Row(ResultSet result, Dialect dialect) {
    this.result = result;
    this.dialect = dialect;
  }

  public long number(int column) throws SQLException {
    return result.getLong(column);
  }

  public OptionalLong optionalNumber(int column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  public boolean truth(int column) throws SQLException {
    return result.getBoolean(column);
  }

  /** The value as the database writes it; null for NULL. */
  public @Nullable String text(int column) throws SQLException {
    return switch (dialect) {
      case PostgresDialect postgres -> result.getString(column);
      case SqliteDialect sqlite -> sqliteText(column);
    };
  }

  /** SQLite's driver takes any bytes for UTF-8, and what is none would be lost. */
  private @Nullable String sqliteText(int column) throws SQLException {
    return switch (result.getObject(column)) {
      case null -> null;
      case String text -> text;
      case byte[] bytes -> SqliteDialect.bytes(bytes);
      default -> result.getString(column);
    };
  }

  /** The value as text where NULL is impossible. */
  public String required(int column) throws SQLException {
    String value = text(column);
    if (value == null) {
      throw new SQLException("column " + column + " is NULL");
    }
    return value;
  }

  public Optional<String> optional(int column) throws SQLException {
    return Optional.ofNullable(text(column));
  }

  /** A time that the database wrote as ISO 8601 text with an offset. */
  public Optional<Instant> instant(int column) throws SQLException {
    return optional(column).map(t -> OffsetDateTime.parse(t).toInstant());
  }

  /** An array of texts without NULLs. */
  public List<String> texts(int column) throws SQLException {
    Object[] array = (Object[]) result.getArray(column).getArray();
    return Arrays.stream(array).map(String::valueOf).toList();
  }

  public int width() throws SQLException {
    return result.getMetaData().getColumnCount();
  }
}
