package dev.plumbline.crm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong on purpose. The number of a request decides with the seed whether a fault befalls
 * it, so a test that asks in the same order meets the same faults. Half of the writes that fall to
 * an error, a time-out or a cut have happened all the same.
 *
 * @param seed for other faults with the same shares
 * @param errors share of the requests that are answered 500 to 504
 * @param timeouts share of the requests that are answered too late
 * @param late how late that is; whoever waits longer gets the answer then
 * @param cuts share of the requests whose connection ends without an answer
 * @param refusedRecords share of the records that batches and single updates refuse, always
 * @param storms requests that are answered 429 whatever the limits say
 */
public record Faults(
    long seed,
    double errors,
    double timeouts,
    Duration late,
    double cuts,
    double refusedRecords,
    List<Storm> storms) {
  public Faults {
    storms = List.copyOf(storms);
    if (errors < 0 || timeouts < 0 || cuts < 0 || errors + timeouts + cuts > 1) {
      throw new IllegalArgumentException("Shares lie between 0 and 1, and so does their sum.");
    }
  }

  /**
   * Some requests in a row that are answered 429.
   *
   * @param from the number of the first; requests are counted from 1
   * @param requests how many
   * @param retryAfter what the answers say of it; empty: nothing
   */
  public record Storm(long from, int requests, Optional<Duration> retryAfter) {
    boolean befalls(long request) {
      return request >= from && request < from + requests;
    }
  }

  /** What befalls one request. */
  enum Fault {
    NONE,
    ERROR,
    TIMEOUT,
    CUT
  }

  /** Nothing goes wrong. */
  public static Faults none() {
    return new Faults(0, 0, 0, Duration.ofSeconds(30), 0, 0, List.of());
  }

  /** The same shares, other requests. */
  public Faults withSeed(long other) {
    return new Faults(other, errors, timeouts, late, cuts, refusedRecords, storms);
  }

  public Faults withErrors(double share) {
    return new Faults(seed, share, timeouts, late, cuts, refusedRecords, storms);
  }

  /** Answers that come so late that a client has given up. */
  public Faults withTimeouts(double share, Duration delay) {
    return new Faults(seed, errors, share, delay, cuts, refusedRecords, storms);
  }

  public Faults withCuts(double share) {
    return new Faults(seed, errors, timeouts, late, share, refusedRecords, storms);
  }

  public Faults withRefusedRecords(double share) {
    return new Faults(seed, errors, timeouts, late, cuts, share, storms);
  }

  public Faults withStorms(Storm... all) {
    return new Faults(seed, errors, timeouts, late, cuts, refusedRecords, List.of(all));
  }

  Fault of(long request) {
    double chance = Chance.of(seed, request);
    if (chance < errors) {
      return Fault.ERROR;
    }
    if (chance < errors + timeouts) {
      return Fault.TIMEOUT;
    }
    return chance < errors + timeouts + cuts ? Fault.CUT : Fault.NONE;
  }

  /** Whether the request is carried out although it gets no proper answer. */
  boolean carriedOut(long request) {
    return Chance.of(seed + 1, request) < 0.5;
  }

  /** One of the statuses with which servers and the proxies before them fail. */
  int errorStatus(long request) {
    return List.of(500, 502, 503, 504).get((int) (Chance.of(seed + 2, request) * 4));
  }

  /** Whether this record is one that the CRM never takes a change of. */
  public boolean refuses(long id) {
    return Chance.of(seed + 3, id) < refusedRecords;
  }

  Optional<Storm> storm(long request) {
    return storms.stream().filter(storm -> storm.befalls(request)).findFirst();
  }
}
