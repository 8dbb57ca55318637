package dev.plumbline.tracker;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A version of numbers: {@code 1.10} comes after {@code 1.9} and is the same as {@code 1.10.0}. */
record Version(List<BigInteger> parts) implements Comparable<Version> {
  Version {
    parts = List.copyOf(parts);
  }

  static Version of(String text) {
    List<BigInteger> parts =
        new ArrayList<>(
            Arrays.stream(text.split("\\D+"))
                .filter(part -> !part.isEmpty())
                .map(BigInteger::new)
                .toList());
    while (!parts.isEmpty() && parts.getLast().signum() == 0) {
      parts.removeLast();
    }
    return new Version(parts);
  }

  @Override
  public int compareTo(Version other) {
    for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      int order = part(i).compareTo(other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private BigInteger part(int i) {
    return i < parts.size() ? parts.get(i) : BigInteger.ZERO;
  }

  /** One text for all ways to write it. */
  @Override
  public String toString() {
    return parts.isEmpty()
        ? "0"
        : String.join(".", parts.stream().map(BigInteger::toString).toList());
  }
}
