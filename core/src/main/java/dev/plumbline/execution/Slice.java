package dev.plumbline.execution;

import dev.plumbline.dialect.Key;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A slice of a run over the rows of a table. What lies in it is written to the journal with its
 * batch.
 */
public sealed interface Slice {

  /** What lies before it, as the journal writes it. */
  String from();

  /** The last of it, as the journal writes it. */
  String to();

  /** Its place among the key ranges of its pass; empty for a slice of the worklist. */
  OptionalLong sequence();

  /**
   * The rows of a table in key order, after one key up to another.
   *
   * @param after empty: from the beginning
   */
  record KeyRange(long number, Optional<Key> after, Key upTo) implements Slice {
    @Override
    public String from() {
      return after.map(Key::toJson).orElse("");
    }

    @Override
    public String to() {
      return upTo.toJson();
    }

    @Override
    public OptionalLong sequence() {
      return OptionalLong.of(number);
    }
  }

  /** The keys of the worklist after one place up to another; places count from 1. */
  record ListRange(long after, long upTo) implements Slice {

    /** In halves; empty where it is a single place. */
    public List<Slice> halves() {
      if (size() <= 1) {
        return List.of();
      }
      long middle = after + size() / 2;
      return List.of(new ListRange(after, middle), new ListRange(middle, upTo));
    }

    @Override
    public String from() {
      return String.valueOf(after);
    }

    @Override
    public String to() {
      return String.valueOf(upTo);
    }

    @Override
    public OptionalLong sequence() {
      return OptionalLong.empty();
    }

    public long size() {
      return upTo - after;
    }
  }
}
