package dev.plumbline.execution;

import dev.plumbline.dialect.Key;
import dev.plumbline.execution.Slice.KeyRange;
import dev.plumbline.execution.Slice.ListRange;
import dev.plumbline.journal.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the committed batches leave undone. Workers commit in any order, so a run that was killed
 * may have holes behind its furthest batch.
 */
public final class Gaps {
  private Gaps() {}

  /**
   * The places of a worklist that no batch covers.
   *
   * @param done batches of the worklist, of all passes
   * @param last the last place of the worklist
   */
  public static List<ListRange> inWorklist(List<Batch> done, long last) {
    List<Batch> sorted =
        done.stream().sorted(Comparator.comparingLong(b -> Long.parseLong(b.from()))).toList();
    List<ListRange> gaps = new ArrayList<>();
    long reached = 0;
    for (Batch batch : sorted) {
      long from = Long.parseLong(batch.from());
      if (from > reached) {
        gaps.add(new ListRange(reached, from));
      }
      reached = Math.max(reached, Long.parseLong(batch.to()));
    }
    if (last > reached) {
      gaps.add(new ListRange(reached, last));
    }
    return gaps;
  }

  /**
   * The key ranges before the furthest committed one that no batch covers. Ranges are numbered as
   * they are handed out, one beginning where the other ends: so a missing number lies between the
   * end of the one before and the beginning of the one after.
   *
   * @param done the batches of a scan
   */
  public static List<KeyRange> inScan(List<Batch> done) {
    List<Batch> sorted =
        done.stream().sorted(Comparator.comparingLong(b -> b.sequence().orElseThrow())).toList();
    List<KeyRange> gaps = new ArrayList<>();
    long number = 0;
    String reached = "";
    for (Batch batch : sorted) {
      if (batch.sequence().orElseThrow() > number + 1) {
        gaps.add(new KeyRange(number + 1, key(reached), Key.fromJson(batch.from())));
      }
      number = batch.sequence().orElseThrow();
      reached = batch.to();
    }
    return gaps;
  }

  /** Where a scan goes on after its furthest committed range; empty: at the beginning. */
  public static Optional<Key> scanReached(List<Batch> done) {
    return done.stream()
        .max(Comparator.comparingLong(b -> b.sequence().orElseThrow()))
        .flatMap(b -> key(b.to()));
  }

  private static Optional<Key> key(String json) {
    return json.isEmpty() ? Optional.empty() : Optional.of(Key.fromJson(json));
  }
}
