package dev.plumbline.crm;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts requests and answers. Safe for several threads. */
final class Counters {
  private final Map<Traffic.Kind, Long> byKind = new EnumMap<>(Traffic.Kind.class);
  private final Map<Integer, Long> byStatus = new HashMap<>();
  private final Map<Long, Integer> bySecond = new HashMap<>();
  private final ArrayDeque<Long> window = new ArrayDeque<>();
  private long requests;
  private int busiest;

  /** Counts a request, and gives it its number. */
  synchronized long number() {
    return ++requests;
  }

  synchronized void admitted(Traffic.Kind kind, long now, long interval) {
    byKind.merge(kind, 1L, Long::sum);
    bySecond.merge(Math.floorDiv(now, 1000L), 1, Integer::sum);
    while (!window.isEmpty() && window.peekFirst() <= now - interval) {
      window.removeFirst();
    }
    window.addLast(now);
    busiest = Math.max(busiest, window.size());
  }

  synchronized void answered(int status) {
    byStatus.merge(status, 1L, Long::sum);
  }

  synchronized Traffic traffic(Store store) {
    return new Traffic(
        requests,
        byKind,
        byStatus,
        byStatus.getOrDefault(429, 0L),
        bySecond,
        busiest,
        store.clientWritesByCount());
  }
}
