package dev.plumbline.crm;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * How a stand-in behaves.
 *
 * @param token what a client has to bring
 * @param tokenLasts requests after which the token has expired; empty: never
 * @param mayWrite whether the token's scopes allow writing
 * @param latency how long each answer takes at least
 * @param batchErrors what becomes of a batch with one bad record
 * @param keepsChanges whether each change is kept, for tests that ask who wrote what
 * @param port 0: one that is free
 */
public record CrmSettings(
    String token,
    OptionalLong tokenLasts,
    boolean mayWrite,
    RateLimits limits,
    Duration latency,
    Faults faults,
    BatchErrors batchErrors,
    Learning learning,
    boolean keepsChanges,
    int port,
    InstantSource clock) {

  /** What becomes of a batch update with one bad record. */
  public enum BatchErrors {
    /** 207: the others are written, and the bad ones told by id. */
    PER_RECORD,
    /** 400: nothing is written. */
    WHOLE_BATCH
  }

  /** The limits of a professional account, and nothing that goes wrong. */
  public static CrmSettings standard() {
    return new CrmSettings(
        "pat-eu1-00000000-stand-in",
        OptionalLong.empty(),
        true,
        RateLimits.professional(),
        Duration.ZERO,
        Faults.none(),
        BatchErrors.PER_RECORD,
        Learning.none(),
        true,
        0,
        InstantSource.system());
  }

  public CrmSettings withToken(String text) {
    return new CrmSettings(
        text,
        tokenLasts,
        mayWrite,
        limits,
        latency,
        faults,
        batchErrors,
        learning,
        keepsChanges,
        port,
        clock);
  }

  /** The token expires after so many requests. */
  public CrmSettings withTokenLasting(long requests) {
    return new CrmSettings(
        token,
        OptionalLong.of(requests),
        mayWrite,
        limits,
        latency,
        faults,
        batchErrors,
        learning,
        keepsChanges,
        port,
        clock);
  }

  /** The token may read and not write. */
  public CrmSettings readOnly() {
    return new CrmSettings(
        token,
        tokenLasts,
        false,
        limits,
        latency,
        faults,
        batchErrors,
        learning,
        keepsChanges,
        port,
        clock);
  }

  public CrmSettings withLimits(RateLimits other) {
    return new CrmSettings(
        token,
        tokenLasts,
        mayWrite,
        other,
        latency,
        faults,
        batchErrors,
        learning,
        keepsChanges,
        port,
        clock);
  }

  public CrmSettings withLatency(Duration least) {
    return new CrmSettings(
        token,
        tokenLasts,
        mayWrite,
        limits,
        least,
        faults,
        batchErrors,
        learning,
        keepsChanges,
        port,
        clock);
  }

  public CrmSettings withFaults(Faults other) {
    return new CrmSettings(
        token,
        tokenLasts,
        mayWrite,
        limits,
        latency,
        other,
        batchErrors,
        learning,
        keepsChanges,
        port,
        clock);
  }

  public CrmSettings withBatchErrors(BatchErrors other) {
    return new CrmSettings(
        token,
        tokenLasts,
        mayWrite,
        limits,
        latency,
        faults,
        other,
        learning,
        keepsChanges,
        port,
        clock);
  }

  public CrmSettings withLearning(Learning other) {
    return new CrmSettings(
        token,
        tokenLasts,
        mayWrite,
        limits,
        latency,
        faults,
        batchErrors,
        other,
        keepsChanges,
        port,
        clock);
  }

  /** Changes are counted and not kept, which saves memory. */
  public CrmSettings withoutChanges() {
    return new CrmSettings(
        token,
        tokenLasts,
        mayWrite,
        limits,
        latency,
        faults,
        batchErrors,
        learning,
        false,
        port,
        clock);
  }

  public CrmSettings withPort(int number) {
    return new CrmSettings(
        token,
        tokenLasts,
        mayWrite,
        limits,
        latency,
        faults,
        batchErrors,
        learning,
        keepsChanges,
        number,
        clock);
  }

  /** Another clock, for the windows of the limits and the times of changes. */
  public CrmSettings withClock(InstantSource other) {
    return new CrmSettings(
        token,
        tokenLasts,
        mayWrite,
        limits,
        latency,
        faults,
        batchErrors,
        learning,
        keepsChanges,
        port,
        other);
  }
}
