package dev.plumbline.crm;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Admits requests within the limits. A request that is refused counts against none of them. */
final class Throttle {
  private static final long SECOND = 1_000;

  /**
   * Why a request is refused.
   *
   * @param policy the name of the limit
   * @param delay milliseconds until it would be admitted
   */
  record Refusal(String policy, long delay) {}

  private final RateLimits limits;
  private final InstantSource clock;
  private final Window window;
  private final Window searches;
  private LocalDate day = LocalDate.EPOCH;
  private int today;

  Throttle(RateLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.window = new Window(limits.requests(), limits.interval().toMillis());
    this.searches = new Window(limits.searchesPerSecond(), SECOND);
  }

  RateLimits limits() {
    return limits;
  }

  /** Admits one request, or says why not. */
  synchronized Optional<Refusal> admit(boolean search) {
    long now = clock.millis();
    turnDay();
    if (today >= limits.perDay()) {
      return Optional.of(new Refusal("DAILY", untilMidnight()));
    }
    if (!window.hasRoom(now)) {
      return Optional.of(new Refusal(rollingPolicy(), window.delay(now)));
    }
    if (search && !searches.hasRoom(now)) {
      return Optional.of(new Refusal("SECONDLY", searches.delay(now)));
    }
    today++;
    window.admit(now);
    if (search) {
      searches.admit(now);
    }
    return Optional.empty();
  }

  /** What is left, as the CRM tells it beside each answer. */
  synchronized Map<String, String> headers() {
    turnDay();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-HubSpot-RateLimit-Daily", String.valueOf(limits.perDay()));
    headers.put("X-HubSpot-RateLimit-Daily-Remaining", String.valueOf(limits.perDay() - today));
    headers.put(
        "X-HubSpot-RateLimit-Interval-Milliseconds", String.valueOf(limits.interval().toMillis()));
    headers.put("X-HubSpot-RateLimit-Max", String.valueOf(limits.requests()));
    headers.put("X-HubSpot-RateLimit-Remaining", String.valueOf(window.remaining(clock.millis())));
    return headers;
  }

  private String rollingPolicy() {
    return limits.interval().toMillis() == SECOND ? "SECONDLY" : "TEN_SECONDLY_ROLLING";
  }

  private void turnDay() {
    LocalDate date = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!date.equals(day)) {
      day = date;
      today = 0;
    }
  }

  private long untilMidnight() {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() - clock.millis();
  }
}
