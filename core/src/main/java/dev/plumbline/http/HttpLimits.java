package dev.plumbline.http;

import java.time.Duration;

/**
 * How much of a service may be used. What the service itself says in its answers can lower these,
 * never raise them.
 *
 * @param perTenSeconds requests in any ten seconds
 * @param searchesPerSecond searches in any second, for services that count those apart
 * @param perDay requests in a day
 * @param headroom the share that is left to others who use the same service: 0.05 is 5 %
 * @param timeout for one request, from its beginning to the end of its answer
 */
public record HttpLimits(
    int perTenSeconds, int searchesPerSecond, long perDay, double headroom, Duration timeout) {

  /** What HubSpot allows a private app, less 5 %. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(190, 5, 250_000, 0.05, Duration.ofSeconds(30));

  public HttpLimits {
    if (perTenSeconds < 1 || searchesPerSecond < 1 || perDay < 1) {
      throw new IllegalArgumentException("a limit is at least 1");
    }
    if (!(headroom >= 0 && headroom < 1)) {
      throw new IllegalArgumentException("the headroom is a share from 0 to less than 1");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a time-out is more than nothing");
    }
  }
}
