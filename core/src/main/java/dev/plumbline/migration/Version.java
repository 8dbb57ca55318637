package dev.plumbline.migration;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A migration's version, as its file's name gives it: a running number, a time stamp, or numbers
 * with points between them. {@code 018} and {@code 18} are the same version, {@code 1.10} comes
 * after {@code 1.9}.
 *
 * @param text as written; in comparisons only the numbers count
 */
public record Version(String text) implements Comparable<Version> {
  private static final Pattern POINTS = Pattern.compile("[._]");

  private List<BigInteger> numbers() {
    List<BigInteger> numbers = Arrays.stream(POINTS.split(text)).map(BigInteger::new).toList();
    int used = numbers.size();
    while (used > 1 && numbers.get(used - 1).signum() == 0) {
      used--; // 1.0 is 1
    }
    return numbers.subList(0, used);
  }

  @Override
  public int compareTo(Version other) {
    List<BigInteger> mine = numbers();
    List<BigInteger> theirs = other.numbers();
    for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
      int difference = mine.get(i).compareTo(theirs.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return Comparator.<Integer>naturalOrder().compare(mine.size(), theirs.size());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return numbers().hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
