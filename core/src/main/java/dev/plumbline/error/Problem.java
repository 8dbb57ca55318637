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

  @Override
  public String toString() {
    return position + ": " + what + suggestion.map(s -> "\n    " + s).orElse("");
  }
}
