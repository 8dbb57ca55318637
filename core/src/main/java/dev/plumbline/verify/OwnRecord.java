package dev.plumbline.verify;

import dev.plumbline.database.Session;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.Steps;
import dev.plumbline.layout.Tool;
import dev.plumbline.migration.History;
import dev.plumbline.migration.Migration;
import dev.plumbline.tracker.Match;
import dev.plumbline.tracker.Recorded;
import dev.plumbline.tracker.State;
import dev.plumbline.tracker.ToolFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The migrations of Plumbline's own journal, in the same words as those of other tools. */
final class OwnRecord {
  private OwnRecord() {}

  /** Empty where the journal knows none. */
  static Optional<Tracked> read(Session session, Path folder, List<Migration> migrations) {
    History history = History.read(session);
    if (history.entries().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Migration> files = new LinkedHashMap<>();
    migrations.forEach(migration -> files.put(migration.version().text(), migration));
    List<Match> matches = new ArrayList<>();
    for (History.Entry entry : history.entries()) {
      Optional<Migration> file = Optional.ofNullable(files.remove(entry.version().text()));
      boolean edited =
          file.filter(f -> !f.checksum().equals(entry.run().plan().checksum())).isPresent();
      matches.add(new Match(Optional.of(recorded(entry)), file.map(OwnRecord::file), edited));
    }
    files
        .values()
        .forEach(f -> matches.add(new Match(Optional.empty(), Optional.of(file(f)), false)));
    return Optional.of(
        new Tracked(
            Tool.PLUMBLINE,
            "its journal",
            Optional.empty(),
            Optional.empty(),
            List.of(folder),
            migrations.stream().map(OwnRecord::file).toList(),
            matches));
  }

  private static Recorded recorded(History.Entry entry) {
    Run run = entry.undo().orElse(entry.run());
    return new Recorded(
        entry.version().text(),
        entry.file(),
        state(entry),
        Optional.of(entry.file()),
        Optional.of(entry.run().plan().checksum()),
        Optional.of(run.finishedAt().orElse(run.createdAt())),
        List.of(),
        run.error().orElse(""));
  }

  private static State state(History.Entry entry) {
    return switch (entry.state()) {
      case APPLIED -> State.APPLIED;
      case UNDONE -> State.UNDONE;
      case RUNNING, BACKFILLING, PAUSED, INTERRUPTED, UNDOING -> State.HALF_DONE;
      case FAILED ->
          entry.steps().stream().anyMatch(Steps.Entry::done) ? State.HALF_DONE : State.FAILED;
    };
  }

  private static ToolFile file(Migration migration) {
    return new ToolFile(
        migration.version().text(),
        migration.label(),
        migration.file(),
        1,
        Optional.of(migration.forward()),
        Optional.of(migration.checksum()),
        false,
        List.of(),
        List.of());
  }
}
