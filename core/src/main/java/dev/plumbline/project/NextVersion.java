package dev.plumbline.project;

import dev.plumbline.migration.MigrationName;
import dev.plumbline.migration.Version;
import java.math.BigInteger;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of the next migration's file name, in the style of those that are there: {@code
 * 018_} is followed by {@code 019_}, {@code V018__} by {@code V019__}, {@code V1.9__} by {@code
 * V1.10__}, and a time stamp of fourteen digits by the present time in UTC.
 */
final class NextVersion {
  private static final Pattern STYLE =
      Pattern.compile("(?<before>V(?:\\d+[._])*)?(?<number>\\d+)(?<after>__|[_-]).+\\.sql");
  private static final Pattern STAMP =
      Pattern.compile("(19|20)\\d{2}[01]\\d[0-3]\\d[0-2]\\d\\d{4}");
  private static final DateTimeFormatter NOW =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private NextVersion() {}

  /**
   * @param files the names of the files that are there
   */
  static String after(List<String> files, Clock clock) {
    return last(files)
        .map(STYLE::matcher)
        .filter(Matcher::matches)
        .map(last -> next(last, clock))
        .orElse("001_");
  }

  private static Optional<String> last(List<String> files) {
    return files.stream()
        .filter(file -> MigrationName.of(file).isPresent())
        .max(Comparator.comparing(NextVersion::version));
  }

  private static Version version(String file) {
    return MigrationName.of(file).orElseThrow().version();
  }

  private static String next(Matcher last, Clock clock) {
    String number = last.group("number");
    String before = Optional.ofNullable(last.group("before")).orElse("");
    return before + following(number, clock) + last.group("after");
  }

  /** A stamp from the future is followed by the next number, so that the order stays. */
  private static String following(String number, Clock clock) {
    String now = NOW.format(clock.instant());
    if (STAMP.matcher(number).matches() && now.compareTo(number) > 0) {
      return now;
    }
    String next = new BigInteger(number).add(BigInteger.ONE).toString();
    return "0".repeat(Math.max(0, number.length() - next.length())) + next;
  }
}
