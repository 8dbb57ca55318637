package dev.plumbline.proposal;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A proposed invariant, counted.
 *
 * @param name what its file is to be called, without ending
 * @param says the statement in words
 * @param yaml the file's text
 * @param counted what was looked at; empty where that took too long or was refused
 * @param note why nothing was counted
 */
public record Proposed(
    String name, String says, String yaml, Optional<Counted> counted, Optional<String> note) {

  /**
   * What an audit of it found.
   *
   * @param rows the population, where the statement has one
   * @param violations how many violate it now
   */
  public record Counted(OptionalLong rows, long violations) {}
}
