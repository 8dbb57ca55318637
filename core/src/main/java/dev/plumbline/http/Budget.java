package dev.plumbline.http;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of one service this process may use, and how much it uses: by the ten seconds, by the
 * day, searches apart, and how many requests at once. Shared by all threads that speak to it.
 */
final class Budget {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final long FIRST_WAIT = 1_000;
  private static final long LONGEST_GUESS = 10_000;

  /** One for each service and its limits: two sources of one service take from the same. */
  private static final Map<Service, Budget> SHARED = new ConcurrentHashMap<>();

  private final String service;
  private final double headroom;
  private final Time time;
  private final Lane requests;
  private final Lane searches;
  private final Quota quota;
  private final InFlight inFlight;
  private final AtomicLong made = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicInteger refusedInARow = new AtomicInteger();

  private record Service(String origin, HttpLimits limits) {}

  Budget(String service, HttpLimits limits, Time time) {
    this.service = service;
    this.headroom = limits.headroom();
    this.time = time;
    this.requests =
        new Lane(limits.perTenSeconds(), Duration.ofSeconds(10), limits.headroom(), time);
    this.searches =
        new Lane(limits.searchesPerSecond(), Duration.ofSeconds(1), limits.headroom(), time);
    this.quota = new Quota(service, limits.perDay(), limits.headroom(), time);
    this.inFlight = new InFlight(time);
  }

  /** The one that this process has for a service. */
  static Budget shared(URI url, HttpLimits limits) {
    String origin = url.getScheme() + "://" + url.getAuthority();
    return SHARED.computeIfAbsent(
        new Service(origin, limits),
        key -> new Budget(String.valueOf(url.getAuthority()), limits, Time.SYSTEM));
  }

  /** Waits until one request may be sent. */
  Pass enter(ApiRequest.Kind kind) throws InterruptedException {
    inFlight.enter();
    List<Lane> taken = new ArrayList<>();
    try {
      quota.take();
      boolean waited = false;
      for (Lane lane :
          kind == ApiRequest.Kind.SEARCH ? List.of(searches, requests) : List.of(requests)) {
        waited |= lane.take();
        taken.add(lane);
      }
      if (!waited) {
        inFlight.notSlowedByRate();
      }
      made.incrementAndGet();
      return new Pass(taken, time.nanos());
    } catch (InterruptedException | RuntimeException | Error notSent) {
      leave(taken, time.nanos());
      throw notSent;
    }
  }

  private void leave(List<Lane> taken, long sentAt) {
    taken.forEach(lane -> lane.leave(sentAt));
    inFlight.leave();
  }

  double permitted() {
    return requests.permitted();
  }

  long made() {
    return made.get();
  }

  long refused() {
    return refused.get();
  }

  OptionalLong today() {
    return quota.left();
  }

  int inFlight() {
    return inFlight.limit();
  }

  /** The place of one request among those that are under way. */
  final class Pass implements AutoCloseable {
    /** The tightest first: what is refused or not counts for that. */
    private final List<Lane> lanes;

    private final long sentAt;

    private Pass(List<Lane> lanes, long sentAt) {
      this.lanes = lanes;
      this.sentAt = sentAt;
    }

    /** The service has answered, and not refused. */
    void answered(Map<String, String> headers) {
      refusedInARow.set(0);
      lanes.getFirst().answered();
      obey(RateHeaders.of(headers, time.now()));
    }

    private void obey(RateHeaders said) {
      said.max().ifPresent(max -> requests.lowerLimit((double) max, said.interval()));
      said.dailyRemaining().ifPresent(left -> quota.told(left, said.daily()));
      // Others use it too and have come into the headroom: leave them a breath.
      long reserve = (long) (said.max().orElse(0) * headroom / 2);
      if (said.remaining().orElse(Long.MAX_VALUE) < reserve) {
        requests.hold(said.interval().dividedBy(20));
      }
    }

    /**
     * The service has refused because of its limits.
     *
     * @param ofTheDay whether it says that it is those of the day
     */
    void refused(Map<String, String> headers, boolean ofTheDay) {
      refused.incrementAndGet();
      RateHeaders said = RateHeaders.of(headers, time.now());
      obey(said);
      if (ofTheDay) {
        quota.refused();
        return;
      }
      lanes.getFirst().refused(sentAt);
      Duration wait = said.retryAfter().orElseGet(this::guess);
      if (wait.compareTo(LONGEST_WAIT) > 0) {
        throw tooLong(wait);
      }
      lanes.getFirst().hold(wait.plusMillis(ThreadLocalRandom.current().nextLong(100)));
    }

    /** Where the service does not say how long: longer each time, and not all at one moment. */
    private Duration guess() {
      int before = Math.min(refusedInARow.getAndIncrement(), 10);
      long longest = Math.min(FIRST_WAIT << before, LONGEST_GUESS);
      return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2));
    }

    private PlumblineException tooLong(Duration wait) {
      return new PlumblineException(
          ErrorCode.BUSY,
          service + " takes no requests for another " + wait.toSeconds() + " seconds.",
          "The refused request was not carried out.",
          "Go on at " + time.now().plus(wait).truncatedTo(ChronoUnit.SECONDS) + " or later.");
    }

    void timedOut() {
      inFlight.timedOut();
    }

    @Override
    public void close() {
      leave(lanes, sentAt);
    }
  }
}
