package dev.plumbline.migration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows a migration expects: a number, {@code 600..650} (both included), or {@code ~600} (a
 * tenth more or less).
 *
 * @param text as written
 */
public record RowCount(long least, long most, String text) {
  private static final Pattern EXACT = Pattern.compile("(~?)(\\d{1,15})");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,15})\\.\\.(\\d{1,15})");

  /** Reads it; empty if it is none. */
  public static Optional<RowCount> parse(String text) {
    Matcher exact = EXACT.matcher(text);
    if (exact.matches()) {
      long rows = Long.parseLong(exact.group(2));
      long slack = exact.group(1).isEmpty() ? 0 : rows / 10;
      return Optional.of(new RowCount(rows - slack, rows + slack, text));
    }
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      long least = Long.parseLong(range.group(1));
      long most = Long.parseLong(range.group(2));
      return least <= most ? Optional.of(new RowCount(least, most, text)) : Optional.empty();
    }
    return Optional.empty();
  }

  public boolean holds(long rows) {
    return least <= rows && rows <= most;
  }
}
