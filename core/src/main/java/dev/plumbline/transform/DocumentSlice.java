package dev.plumbline.transform;

import dev.plumbline.source.DocumentSource.Page;
import java.util.Optional;
import java.util.OptionalLong;

/** A slice of a run over documents outside of a database, as the journal writes it. */
sealed interface DocumentSlice {

  /** What lies before it. */
  String from();

  /** The last of it. */
  String to();

  /** Its place among the pages; empty for a slice of the worklist. */
  OptionalLong sequence();

  /**
   * Documents in a row, as the source lists them.
   *
   * @param number its place, from 1
   * @param after the place after which it begins; empty: the beginning
   */
  record Listed(long number, Optional<String> after, Page page) implements DocumentSlice {
    @Override
    public String from() {
      return after.orElse("");
    }

    @Override
    public String to() {
      return page.end().orElse("");
    }

    @Override
    public OptionalLong sequence() {
      return OptionalLong.of(number);
    }
  }

  /** The ids of the worklist after one place up to another; places count from 1. */
  record Named(long after, long upTo) implements DocumentSlice {
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
  }
}
