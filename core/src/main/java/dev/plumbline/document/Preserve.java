package dev.plumbline.document;

import java.util.List;

/**
 * What must be found again in the result: values together with where they belong.
 *
 * @param copies whether the result may hold a value more than once; then values are compared as
 *     sets, else each must be there as often as before
 */
public record Preserve(String name, Values values, boolean copies) {

  /** How the values are found, before and after alike. */
  public sealed interface Values {
    /** By their paths; a value belongs to what the path's names stand for. */
    record At(List<PathPattern> patterns) implements Values {
      public At {
        patterns = List.copyOf(patterns);
      }
    }

    /** By a program that emits values, or {@code {path, value}} for what belongs somewhere. */
    record Emitted(Program.Jq program) implements Values {}
  }
}
