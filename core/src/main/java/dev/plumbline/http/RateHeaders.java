package dev.plumbline.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an answer's headers say of the service's limits: {@code Retry-After} (RFC 9110, 10.2.3) and
 * the {@code X-HubSpot-RateLimit-…} family. What cannot be understood counts as not said.
 *
 * @param retryAfter how long to send nothing
 * @param max requests allowed in an interval
 * @param remaining those left of them
 * @param daily requests allowed in a day
 * @param dailyRemaining those left of them
 */
record RateHeaders(
    Optional<Duration> retryAfter,
    OptionalLong max,
    OptionalLong remaining,
    Duration interval,
    OptionalLong daily,
    OptionalLong dailyRemaining) {
  private static final String PREFIX = "x-hubspot-ratelimit-";
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  /**
   * @param headers by their lower-case names
   * @param now for dates
   */
  static RateHeaders of(Map<String, String> headers, Instant now) {
    OptionalLong interval = number(headers, PREFIX + "interval-milliseconds");
    return new RateHeaders(
        Optional.ofNullable(headers.get("retry-after")).flatMap(text -> wait(text.strip(), now)),
        number(headers, PREFIX + "max"),
        number(headers, PREFIX + "remaining"),
        interval.orElse(0) > 0 ? Duration.ofMillis(interval.getAsLong()) : TEN_SECONDS,
        number(headers, PREFIX + "daily"),
        number(headers, PREFIX + "daily-remaining"));
  }

  private static Optional<Duration> wait(String text, Instant now) {
    OptionalLong seconds = number(text);
    if (seconds.isPresent()) {
      return Optional.of(Duration.ofSeconds(Math.min(seconds.getAsLong(), Integer.MAX_VALUE)));
    }
    try {
      DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
      Duration until = Duration.between(now, ZonedDateTime.parse(text, format));
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }

  private static OptionalLong number(Map<String, String> headers, String name) {
    String text = headers.get(name);
    return text == null ? OptionalLong.empty() : number(text.strip());
  }

  private static OptionalLong number(String text) {
    boolean digits = !text.isEmpty() && text.length() <= 18;
    return digits && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
