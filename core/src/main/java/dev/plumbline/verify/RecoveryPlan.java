package dev.plumbline.verify;

import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.InvariantReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements that make false claims true, stated as an invariant, which a repair makes hold.
 */
public final class RecoveryPlan {
  private RecoveryPlan() {}

  /** Empty where nothing can be made true without people. */
  public static Optional<Invariant> of(Verification verification) {
    List<String> statements = verification.recovery();
    if (statements.isEmpty()) {
      return Optional.empty();
    }
    String text =
        "says: What applied migrations claim is there.\nexist:\n"
            + statements.stream().map(RecoveryPlan::item).collect(Collectors.joining());
    return Optional.of(InvariantReader.read(Path.of("invariants", "verify-recovery.yaml"), text));
  }

  /** A block, in which nothing needs an escape; where its lines end otherwise, a quoted text. */
  static String item(String statement) {
    boolean plain = statement.chars().allMatch(c -> c == '\n' || c == '\t' || c >= ' ');
    return plain
        ? "  - |-\n"
            + statement.lines().map(line -> "      " + line + "\n").collect(Collectors.joining())
        : "  - \"" + escaped(statement) + "\"\n";
  }

  private static String escaped(String statement) {
    return statement
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
