package dev.plumbline.transform;

import dev.plumbline.journal.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The pages before the furthest done one that no batch has done: workers finish in any order, so a
 * run that was killed may have holes. A page is known by where it begins; so of several in a row
 * that are missing only the first one's beginning is known, and how many they are.
 */
final class PageGaps {
  private static final int PAGES_APART = 2;

  private PageGaps() {}

  /**
   * Pages that are missing.
   *
   * @param number of the first
   * @param count how many in a row
   * @param after where the first begins; empty: at the beginning
   */
  record Gap(long number, long count, Optional<String> after) {}

  /**
   * @param done the batches of pages
   */
  static List<Gap> in(List<Batch> done) {
    List<Gap> gaps = new ArrayList<>();
    long number = 0;
    Optional<String> reached = Optional.empty();
    for (Batch batch : sorted(done)) {
      long place = batch.sequence().orElseThrow();
      if (place > number + 1) {
        gaps.add(new Gap(number + 1, place - number - 1, reached));
      }
      number = place;
      reached = place(batch.to());
    }
    return gaps;
  }

  /** The batch of the furthest page. */
  static Optional<Batch> furthest(List<Batch> done) {
    List<Batch> sorted = sorted(done);
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.getLast());
  }

  /**
   * The ends of some pages, at equal distances; fewer where there are but few pages.
   *
   * @param done the batches of pages
   */
  static List<Optional<String>> ends(List<Batch> done, int most) {
    List<Batch> pages = sorted(done);
    int number = Math.min(most, pages.size() / PAGES_APART - 1);
    List<Optional<String>> ends = new ArrayList<>();
    for (int i = 1; i <= number; i++) {
      ends.add(place(pages.get(pages.size() * i / (number + 1) - 1).to()));
    }
    return ends;
  }

  private static List<Batch> sorted(List<Batch> done) {
    return done.stream()
        .sorted(Comparator.comparingLong(batch -> batch.sequence().orElseThrow()))
        .toList();
  }

  static Optional<String> place(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
