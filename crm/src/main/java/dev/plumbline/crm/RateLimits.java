package dev.plumbline.crm;

import java.time.Duration;

/**
 * What an app may ask for.
 *
 * @param requests in any span of {@code interval}
 * @param interval the length of the rolling window
 * @param searchesPerSecond a further limit for searches alone
 * @param perDay from midnight to midnight, UTC
 * @param retryAfter whether an answer 429 says in {@code Retry-After} when to come again
 */
public record RateLimits(
    int requests, Duration interval, int searchesPerSecond, int perDay, boolean retryAfter) {
  public RateLimits {
    if (requests < 1 || searchesPerSecond < 1 || perDay < 1 || !interval.isPositive()) {
      throw new IllegalArgumentException("Limits are at least 1, and an interval is positive.");
    }
  }

  /** What an account of the professional tier has. */
  public static RateLimits professional() {
    return new RateLimits(190, Duration.ofSeconds(10), 5, 625_000, true);
  }

  /** So much that no test or demo comes near it. */
  public static RateLimits generous() {
    return new RateLimits(1_000_000, Duration.ofSeconds(10), 1_000_000, 100_000_000, true);
  }

  /** Other numbers for the rolling window. */
  public RateLimits withRequests(int number, Duration window) {
    return new RateLimits(number, window, searchesPerSecond, perDay, retryAfter);
  }

  /** Another number of searches in a second. */
  public RateLimits withSearchesPerSecond(int number) {
    return new RateLimits(requests, interval, number, perDay, retryAfter);
  }

  /** Another daily quota. */
  public RateLimits withPerDay(int number) {
    return new RateLimits(requests, interval, searchesPerSecond, number, retryAfter);
  }

  /** Answers 429 do not say when to come again. */
  public RateLimits withoutRetryAfter() {
    return new RateLimits(requests, interval, searchesPerSecond, perDay, false);
  }
}
