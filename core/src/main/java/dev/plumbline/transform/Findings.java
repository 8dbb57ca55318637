package dev.plumbline.transform;

import dev.plumbline.document.Examination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gathers what a look at many documents finds: numbers, and the first of what is wrong. Safe for
 * several threads.
 */
final class Findings {
  /** So many problems are listed; of the others there is only the number. */
  static final int LISTED = 10_000;

  private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private long transformed;
  private long unchanged;
  private long skipped;
  private long refused;
  private long failed;

  synchronized void add(String id, Examination found) {
    switch (found) {
      case Examination.Transformed result -> {
        transformed++;
        count(result.counts());
      }
      case Examination.Unchanged same -> unchanged++;
      case Examination.Skipped none -> skipped++;
      case Examination.Refused wrong -> {
        refused++;
        list(Problem.refused(id, wrong.findings()));
      }
      case Examination.Failed error -> fail(id, error.what());
    }
  }

  synchronized void fail(String id, String what) {
    failed++;
    list(Problem.failed(id, what));
  }

  /** What the transform counts in a document that it changes. */
  synchronized void count(Map<String, List<String>> labels) {
    labels.forEach(
        (count, found) -> {
          SortedMap<String, Long> numbers = counts.computeIfAbsent(count, c -> new TreeMap<>());
          found.forEach(label -> numbers.merge(label, 1L, Long::sum));
        });
  }

  private void list(Problem problem) {
    if (problems.size() < LISTED) {
      problems.add(problem);
    }
  }

  synchronized long transformed() {
    return transformed;
  }

  /** How many documents are not as the transform wants them. */
  synchronized long remaining() {
    return transformed + refused + failed;
  }

  /** The first problems, as they were found. */
  synchronized List<Problem> problems() {
    return List.copyOf(problems);
  }

  synchronized Tally tally() {
    return new Tally(
        transformed + unchanged + skipped + refused + failed,
        transformed,
        unchanged,
        skipped,
        refused,
        failed,
        counts);
  }

  /**
   * The numbers of a look at documents of which some were written before: those that are found
   * unchanged now were transformed, and those that should change still were not written.
   */
  synchronized Tally tally(long written) {
    long before = Math.min(written, unchanged);
    return new Tally(
        transformed + unchanged + skipped + refused + failed,
        before,
        unchanged - before,
        skipped,
        refused,
        failed + transformed,
        counts);
  }
}
