package dev.plumbline.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Key values as text and back. SQLite types each value by itself, so the text is read by the rules
 * of the column's affinity: what looks like a number is text in a TEXT column and a number in an
 * INTEGER one. A column without affinity may hold both; then one text stands for both. Bytes are
 * written {@code x'00FF'}; a text that looks the same is taken for them.
 */
final class SqliteKeys {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9]\\d{0,18}");
  private static final Pattern REAL =
      Pattern.compile("-?\\d+\\.\\d+(e[+-]\\d+)?|(-?)Inf", Pattern.CASE_INSENSITIVE);
  private static final Pattern BLOB = Pattern.compile("x'((?:[0-9A-F]{2})*)'");

  Sql text(Sql expression) {
    return Sql.of(
        "CASE typeof({}) WHEN 'blob' THEN 'x''' || hex({}) || '''' ELSE CAST({} AS TEXT) END",
        expression,
        expression,
        expression);
  }

  /** As {@link #text} writes it. */
  static String text(byte[] bytes) {
    return "x'" + HexFormat.of().withUpperCase().formatHex(bytes) + "'";
  }

  Sql parameter(String text, String type) {
    return Sql.value(readings(text, type).getFirst());
  }

  /** One bound JSON text where JSON can hold the values, else a bound value for each. */
  Sql in(List<Sql> expressions, List<String> types, List<Key> keys) {
    List<List<Object>> rows = keys.stream().flatMap(k -> rows(k, types).stream()).toList();
    boolean plain =
        rows.stream().flatMap(List::stream).allMatch(v -> v instanceof String || v instanceof Long);
    return Sql.of(
        "({}) IN ({})",
        Sql.join(", ", expressions),
        plain ? fromJson(rows, types.size()) : fromValues(rows));
  }

  /** The rows that a key may stand for; more than one only where a column has no affinity. */
  private static List<List<Object>> rows(Key key, List<String> types) {
    List<List<Object>> rows = List.of(List.of());
    for (int i = 0; i < types.size(); i++) {
      List<List<Object>> longer = new ArrayList<>();
      for (List<Object> row : rows) {
        for (Object reading : readings(key.values().get(i), types.get(i))) {
          List<Object> next = new ArrayList<>(row);
          next.add(reading);
          longer.add(next);
        }
      }
      rows = longer;
    }
    return rows;
  }

  private static List<Object> readings(String text, String type) {
    return switch (type) {
      case "TEXT" -> List.of(blob(text).orElse(text));
      case "INTEGER", "REAL", "NUMERIC" -> List.of(blob(text).or(() -> number(text)).orElse(text));
      default ->
          blob(text)
              .map(List::of)
              .orElseGet(
                  () -> number(text).map(n -> List.of(n, text)).orElseGet(() -> List.of(text)));
    };
  }

  private static Optional<Object> number(String text) {
    if (INTEGER.matcher(text).matches()) {
      try {
        return Optional.of(Long.parseLong(text));
      } catch (NumberFormatException tooLarge) {
        return Optional.empty();
      }
    }
    return REAL.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text.replaceFirst("(?i)Inf", "Infinity")))
        : Optional.empty();
  }

  private static Optional<Object> blob(String text) {
    var matcher = BLOB.matcher(text);
    return matcher.matches()
        ? Optional.of(HexFormat.of().parseHex(matcher.group(1)))
        : Optional.empty();
  }

  private static Sql fromJson(List<List<Object>> rows, int width) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      items.add("value ->> " + i);
    }
    return Sql.of("SELECT {} FROM json_each({})", String.join(", ", items), Sql.value(json(rows)));
  }

  private static String json(List<List<Object>> rows) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (List<Object> row : rows) {
        json.writeStartArray();
        for (Object value : row) {
          if (value instanceof Long number) {
            json.writeNumber(number);
          } else {
            json.writeString(value.toString());
          }
        }
        json.writeEndArray();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static Sql fromValues(List<List<Object>> rows) {
    return Sql.of(
        "VALUES {}",
        Sql.join(
            ", ",
            rows.stream()
                .map(r -> Sql.of("({})", Sql.join(", ", r.stream().map(Sql::value).toList())))
                .toList()));
  }
}
