package dev.plumbline.crm;

import java.util.Map;

/**
 * What was asked of the stand-in so far.
 *
 * @param requests all of them, the refused included
 * @param byKind those that were admitted, by what they asked for
 * @param byStatus answers by status; those that never came are not in it
 * @param tooMany answers 429
 * @param admittedBySecond admitted requests in each second, by the second since 1970
 * @param busiest the most admitted requests in any window of the limits
 * @param writesByCount how many records were written through the API once, twice, …
 */
public record Traffic(
    long requests,
    Map<Kind, Long> byKind,
    Map<Integer, Long> byStatus,
    long tooMany,
    Map<Long, Integer> admittedBySecond,
    int busiest,
    Map<Integer, Integer> writesByCount) {
  public Traffic {
    byKind = Map.copyOf(byKind);
    byStatus = Map.copyOf(byStatus);
    admittedBySecond = Map.copyOf(admittedBySecond);
    writesByCount = Map.copyOf(writesByCount);
  }

  /** What a request asks for. */
  public enum Kind {
    LIST,
    READ,
    SEARCH,
    BATCH_READ,
    BATCH_UPDATE,
    UPDATE,
    CREATE
  }

  /** Admitted requests of a kind. */
  public long of(Kind kind) {
    return byKind.getOrDefault(kind, 0L);
  }

  /** All requests that were admitted. */
  public long admitted() {
    return byKind.values().stream().mapToLong(Long::longValue).sum();
  }
}
