package dev.plumbline.document;

import java.util.List;

/**
 * What must be found again in the result: values together with where they belong.
 *
 * @param copies whether the result may hold a value more often than before; then values are
 *     compared as sets, else each must be there as often as before
 * @param additions whether the result may hold values that were not there before
 */
public record Preserve(String name, Values values, boolean copies, boolean additions) {

  /** How the values are found, before and after alike. */
  public sealed interface Values {
    /**
     * By their paths; a value belongs to what the paths' names stand for.
     *
     * @param patterns all with the same names
     * @param except what is passed over
     */
    record At(List<PathPattern> patterns, List<PathPattern> except) implements Values {
      public At {
        patterns = List.copyOf(patterns);
        except = List.copyOf(except);
      }
    }

    /** By a program that emits values, or {@code {path, value}} for what belongs somewhere. */
    record Emitted(Program.Jq program) implements Values {}
  }
}
