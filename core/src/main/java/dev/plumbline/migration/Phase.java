package dev.plumbline.migration;

import dev.plumbline.error.Position;
import dev.plumbline.migration.Migration.Reference;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of a change that takes weeks.
 *
 * @param migrations the versions that belong to it, written or not yet
 * @param gates invariants that must hold before the next phase begins
 * @param guards invariants whose guards must stand before the next phase begins
 * @param confirmation what people say of a step that no database shows, such as a deployment
 */
public record Phase(
    String name,
    Optional<String> says,
    List<Version> migrations,
    List<Reference> gates,
    List<Reference> guards,
    Optional<Confirmation> confirmation,
    Position position) {
  public Phase {
    migrations = List.copyOf(migrations);
    gates = List.copyOf(gates);
    guards = List.copyOf(guards);
  }

  /**
   * Somebody's word that the phase is done.
   *
   * @param by who and when; empty while it is open
   */
  public record Confirmation(Optional<String> by) {}

  /** Whether somebody's word is missing. */
  public boolean unconfirmed() {
    return confirmation.filter(c -> c.by().isEmpty()).isPresent();
  }
}
