package dev.plumbline.guard;

import java.time.Instant;
import java.util.List;

/**
 * An installed guard, compared with what is there now.
 *
 * @param checksum of the invariant's file as it was then
 * @param findings what is not as it was installed; empty: the guard is intact
 */
public record Standing(
    String invariant,
    String checksum,
    Instant installedAt,
    String actor,
    String host,
    List<Finding> findings) {
  public Standing {
    findings = List.copyOf(findings);
  }

  /** What is wrong with a guard. */
  public enum Fault {
    /** The trigger is there but does not fire. */
    DISABLED,
    /** The object is there but not as it was made, or a column that is read has another type. */
    ALTERED,
    /** An object of the guard, or a column or table that it reads. */
    MISSING,
    /** The invariant's file has changed since, or is gone. */
    OUTDATED
  }

  /**
   * @param object what is wrong, such as {@code trigger plumb_guard_x_insert on lessons}
   */
  public record Finding(Fault fault, String object) {}

  public boolean intact() {
    return findings.isEmpty();
  }
}
