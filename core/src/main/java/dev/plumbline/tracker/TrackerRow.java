package dev.plumbline.tracker;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of a tool's table, its values as text. Drivers type the same column differently (a truth is
 * {@code true} or {@code 1}, a time is text or a number), so each value is read by what it says.
 *
 * @param values by column, whatever the name's case; NULLs are left out
 */
public record TrackerRow(Map<String, String> values) {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)"
              + "\\s*(Z|[+-]\\d{2}(?::?\\d{2})?)?.*");

  /** Above this, a number counts milliseconds: as seconds it would lie beyond the year 5138. */
  private static final long SECONDS = 100_000_000_000L;

  public TrackerRow {
    TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(values);
    values = Collections.unmodifiableMap(sorted);
  }

  Optional<String> text(String column) {
    return Optional.ofNullable(values.get(column));
  }

  /** The text; empty for NULL. */
  String plain(String column) {
    return text(column).orElse("");
  }

  OptionalLong number(String column) {
    return text(column)
        .filter(t -> NUMBER.matcher(t).matches())
        .map(t -> OptionalLong.of(Long.parseLong(t)))
        .orElseGet(OptionalLong::empty);
  }

  boolean isTrue(String column) {
    return List.of("true", "t", "1").contains(plain(column));
  }

  /** The time; empty for NULL and for what is none. */
  Optional<Instant> at(String column) {
    OptionalLong number = number(column);
    if (number.isPresent()) {
      long value = number.getAsLong();
      return Optional.of(
          value > SECONDS ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value));
    }
    return text(column).flatMap(TrackerRow::time);
  }

  private static Optional<Instant> time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      String local = matcher.group(1) + "T" + matcher.group(2);
      String zone = matcher.group(3);
      return Optional.of(
          zone == null
              ? LocalDateTime.parse(local).toInstant(ZoneOffset.UTC)
              : LocalDateTime.parse(local).toInstant(ZoneOffset.of(zone)));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }
}
