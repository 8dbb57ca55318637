package dev.plumbline.verify;

import java.util.List;

/**
 * What makes a false claim true.
 *
 * @param statements in order, without semicolons; empty: nothing that Plumbline could write
 * @param byHand whether they are left to people, since they take away what is there, or may fail on
 *     data that nobody has looked at
 */
public record Recovery(List<String> statements, boolean byHand) {
  public Recovery {
    statements = List.copyOf(statements);
  }

  /** Nothing is lost by it. */
  static Recovery by(String... statements) {
    return new Recovery(List.of(statements), false);
  }

  static Recovery byPeople(String... statements) {
    return new Recovery(List.of(statements), true);
  }
}
