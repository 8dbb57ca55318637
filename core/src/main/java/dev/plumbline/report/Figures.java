package dev.plumbline.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; the same in every locale, so that reports can be compared. */
public final class Figures {
  private Figures() {}

  /** Such as {@code 3,059}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Such as {@code 1 row} or {@code 3,059 rows}. */
  public static String count(long number, String one, String several) {
    return count(number) + " " + (number == 1 ? one : several);
  }

  /** Such as {@code 79.8 %}. */
  static String percent(BigDecimal percent) {
    return percent.toPlainString() + " %";
  }

  /** Such as {@code 41 ms}, {@code 2.3 s} or {@code 4 min 7 s}. */
  public static String time(Duration duration) {
    if (duration.toMillis() < 1_000) {
      return duration.toMillis() + " ms";
    }
    if (duration.toSeconds() < 60) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
    return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }
}
