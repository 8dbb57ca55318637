package dev.plumbline.error;

import java.util.Optional;

/**
 * One thing that is wrong in a file of the project.
 *
 * @param position where it stands
 * @param what what is wrong, in the user's names
 * @param text the offending text, as written; empty where something is missing
 * @param suggestion what to write instead
 */
public record Problem(Position position, String what, String text, Optional<String> suggestion) {

  private static final int LONGEST = 80;

  @Override
  public String toString() {
    return position
        + ": "
        + what
        + offending().map(s -> "\n    here: " + s).orElse("")
        + suggestion.map(s -> "\n    " + s).orElse("");
  }

  /** The offending text on one line, unless what is wrong already quotes it. */
  private Optional<String> offending() {
    String line = text.strip().lines().findFirst().orElse("");
    String shown = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    return Optional.of(shown).filter(s -> !s.isEmpty() && !what.contains(s));
  }
}
