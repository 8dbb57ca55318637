package dev.plumbline.guard;

import java.util.List;
import java.util.Optional;

/**
 * What taking a guard away would do.
 *
 * @param installed the guard; empty where there is none
 */
public record DropPlan(String invariant, Optional<Standing> installed, List<String> statements) {
  public DropPlan {
    statements = List.copyOf(statements);
  }
}
