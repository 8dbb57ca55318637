package dev.plumbline.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where a command prints, and what can be shown there. Not for several threads.
 *
 * @param out results
 * @param err errors and progress
 * @param colour whether {@code out} may carry escape sequences
 * @param errorColour whether {@code err} may
 * @param columns the width of {@code out}; empty where it is no terminal
 * @param redraws whether {@code err} is a terminal, on which a line can be written over
 */
record Terminal(
    PrintStream out,
    PrintStream err,
    boolean colour,
    boolean errorColour,
    OptionalInt columns,
    boolean redraws) {
  private static final int USUAL = 80;

  /**
   * This process's standard streams. The launcher says by system properties what they are connected
   * to: a shell knows at no cost, and Java has no call for it that does not load a line editor
   * first.
   */
  static Terminal ofProcess(StandardOutput standard, Map<String, String> environment) {
    OptionalInt columns = columns(System.getProperty("plumb.columns"));
    boolean redraws = Boolean.getBoolean("plumb.error.terminal");
    boolean mayColour =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(
        standard.stream(),
        StandardOutput.errors(),
        mayColour && columns.isPresent(),
        mayColour && redraws,
        columns,
        redraws);
  }

  /** The property is there exactly if there is a terminal; not each knows its width. */
  private static OptionalInt columns(@Nullable String property) {
    if (property == null) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(property.matches("[1-9]\\d{0,3}") ? Integer.parseInt(property) : USUAL);
  }
}
