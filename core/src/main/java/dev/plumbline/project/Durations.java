package dev.plumbline.project;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as they are written in the project's files: a whole number and its unit. */
final class Durations {
  static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h)");
  private static final Duration LONGEST = Duration.ofDays(1);

  private Durations() {}

  /** The time; empty if it is not in this form or longer than a day. */
  static Optional<Duration> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    return form.matches()
        ? Optional.of(of(Long.parseLong(form.group(1)), form.group(2)))
            .filter(time -> time.compareTo(LONGEST) <= 0)
        : Optional.empty();
  }

  private static Duration of(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> throw new IllegalArgumentException("no such unit: " + unit);
    };
  }
}
