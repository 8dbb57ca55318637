package dev.plumbline.verify;

import dev.plumbline.claim.Kind;
import dev.plumbline.drift.SchemaObject;
import dev.plumbline.drift.Snapshot;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.tracker.Match;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a database that is known to be good holds beyond what its migrations claim: an {@code exist}
 * invariant for the newest revision, to be reviewed.
 *
 * @param revision the newest that is recorded
 * @param statements what makes the objects
 */
public record Learned(String tool, String revision, List<String> statements) {
  public Learned {
    statements = List.copyOf(statements);
  }

  /**
   * @throws PlumblineException (usage) if no other tool's record has a revision to claim for
   */
  static Learned of(List<Tracked> tracked, Snapshot live, List<SchemaObject> unclaimed) {
    for (Tracked one : tracked) {
      if (one.history().isPresent()) {
        List<Match> done = one.matches().stream().filter(Match::isDone).toList();
        if (!done.isEmpty()) {
          return new Learned(
              one.tool().label(), done.getLast().revision(), statements(live, unclaimed));
        }
      }
    }
    throw new PlumblineException(
        ErrorCode.USAGE,
        "There is no other tool's migration recorded that could claim what is there.",
        "No file was written.",
        "Plumbline's own migrations claim by their statements; there is nothing to learn.");
  }

  /** Of a table that nobody claims, all that belongs to it is unclaimed too. */
  private static List<String> statements(Snapshot live, List<SchemaObject> unclaimed) {
    Set<SchemaObject> chosen = new HashSet<>(unclaimed);
    Set<String> tables =
        unclaimed.stream()
            .filter(object -> object.kind() == Kind.TABLE)
            .map(table -> table.schema() + "." + table.name())
            .collect(Collectors.toSet());
    return new Snapshot(
            live.server(),
            live.objects().stream()
                .filter(
                    object ->
                        chosen.contains(object)
                            || object
                                .table()
                                .filter(name -> tables.contains(object.schema() + "." + name))
                                .isPresent())
                .toList())
        .statements();
  }

  /** The invariant's file; ends with a line break. */
  public String yaml() {
    return "says: What "
        + tool
        + " had made up to "
        + revision
        + " is there.\nrevision: \""
        + revision
        + "\"\nexist:\n"
        + statements.stream().map(RecoveryPlan::item).collect(Collectors.joining());
  }
}
