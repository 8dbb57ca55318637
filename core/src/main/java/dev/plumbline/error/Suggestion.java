package dev.plumbline.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What the user probably meant by a word that is not known. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * The known word that is nearest to the one written, if one is near: letters added, left out,
   * replaced or swapped count one each, capitals count nothing, and a third of the word may be
   * wrong. Of several equally near words it is the first in the order of the alphabet.
   */
  public static Optional<String> closest(String written, Collection<String> known) {
    int mostWrong = Math.max(1, written.length() / 3);
    return known.stream()
        .filter(word -> distance(written, word) <= mostWrong)
        .min(
            Comparator.comparingInt((String word) -> distance(written, word))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A sentence for a message: the nearest known word, or else all of them. */
  public static String sentence(String written, Collection<String> known) {
    return closest(written, known)
        .map(word -> "Did you mean `" + word + "`?")
        .orElseGet(() -> "Allowed here: " + String.join(", ", known) + ".");
  }

  /** The optimal string alignment distance (Damerau and Levenshtein), capitals ignored. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, cost, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int[][] cost, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
