package dev.plumbline.claim;

import java.util.List;
import java.util.function.BiFunction;

/**
 * How a definition as written compares with the one that the database prints. Only what is
 * certainly another one makes a claim false.
 */
public enum Likeness {
  SAME,
  /** The database may print the same in another way; nothing is concluded. */
  UNSURE,
  DIFFERENT;

  Likeness and(Likeness other) {
    return compareTo(other) >= 0 ? this : other;
  }

  static Likeness of(boolean same) {
    return same ? SAME : DIFFERENT;
  }

  /** Item by item; lists of different lengths count as given. */
  static <T> Likeness each(
      List<T> written, List<T> printed, Likeness otherLength, BiFunction<T, T, Likeness> compare) {
    if (written.size() != printed.size()) {
      return otherLength;
    }
    Likeness all = SAME;
    for (int i = 0; i < written.size(); i++) {
      all = all.and(compare.apply(written.get(i), printed.get(i)));
    }
    return all;
  }
}
