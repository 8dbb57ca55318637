package dev.plumbline.guard;

import dev.plumbline.audit.Counts;
import dev.plumbline.dialect.GuardSql;
import dev.plumbline.invariant.Invariant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What installing a guard would do.
 *
 * @param standing the guard that is there now
 * @param drops what takes away the guard that stands there now
 * @param sql what makes the new one
 * @param watches the tables and the writes to them that the guard sees
 * @param counts how the invariant holds now
 */
public record GuardPlan(
    Invariant invariant,
    State state,
    Optional<Standing> standing,
    List<String> drops,
    GuardSql sql,
    List<Watch> watches,
    Counts counts,
    List<String> notes) {
  public GuardPlan {
    drops = List.copyOf(drops);
    watches = List.copyOf(watches);
    notes = List.copyOf(notes);
  }

  /** How the guard stands before. */
  public enum State {
    /** There is none. */
    NEW,
    /** The same guard is there, as it was installed. */
    STANDS,
    /** One is there that was made of another text of the invariant's file. */
    OUTDATED,
    /** One is there, but objects of it, or what it reads, are gone, altered or disabled. */
    DAMAGED
  }

  /**
   * A table with triggers of the guard.
   *
   * @param events such as {@code INSERT, UPDATE}
   * @param effect what they do
   */
  public record Watch(String table, String events, String effect) {}

  /** All statements, in the order in which they would be run, in one transaction. */
  public List<String> statements() {
    return Stream.concat(drops.stream(), sql.statements().stream()).toList();
  }

  public boolean nothingToDo() {
    return state == State.STANDS;
  }
}
