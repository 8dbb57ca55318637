package dev.plumbline.tracker;

import dev.plumbline.database.Session;
import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How one tool keeps its record and its files. Without state; any thread may use it. */
sealed interface Tracker
    permits AlembicTracker,
        AtlasTracker,
        DbmateTracker,
        DieselTracker,
        DjangoTracker,
        DrizzleTracker,
        EfCoreTracker,
        FlywayTracker,
        GolangMigrateTracker,
        GooseTracker,
        KnexTracker,
        LiquibaseTracker,
        PrismaTracker,
        RailsTracker,
        SequelizeTracker,
        SqlxTracker,
        SupabaseTracker,
        TypeOrmTracker {

  Tool tool();

  // --- the table ------------------------------------------------------------------------------

  /** What its table may be called, in small letters. */
  Set<String> tableNames();

  /** Columns that its table has; with others besides, unless they make it another tool's. */
  Set<String> columns();

  /** Whether a table of one of the names is this tool's. */
  default boolean recognises(Table table, Neighbours neighbours) {
    return columns().stream().allMatch(column -> table.findColumn(column).isPresent());
  }

  /** The columns by which rows are in the order applied. */
  List<String> order();

  /** The columns that tell one row from the others. */
  List<String> key();

  /** The migration that a row is about; empty for a row that is about none. */
  Optional<String> revision(TrackerRow row);

  /** What one row says of its migration. */
  default Recorded recorded(String revision, TrackerRow row) {
    return Recorded.of(revision, State.APPLIED);
  }

  /** What the rows say, one entry a migration: its newest row tells how it stands. */
  default List<Recorded> recorded(List<TrackerRow> rows) {
    Map<String, Recorded> newest = new LinkedHashMap<>();
    for (TrackerRow row : rows) {
      revision(row)
          .ifPresent(
              revision -> {
                newest.remove(identity(revision));
                newest.put(identity(revision), recorded(revision, row));
              });
    }
    return List.copyOf(newest.values());
  }

  /** A sentence, if the tool's own lock is held. */
  default Optional<String> lock(Session session, Table table, Neighbours neighbours) {
    return Optional.empty();
  }

  // --- the files ------------------------------------------------------------------------------

  /** Where its files usually are, best first. */
  List<String> usualFolders();

  /** Its migrations in a folder, in its order. */
  List<ToolFile> files(Path folder);

  /** The order in which it applies files, as far as their names tell. */
  default Comparator<ToolFile> inOrder() {
    return Comparator.comparing((ToolFile file) -> Version.of(file.revision()))
        .thenComparing(ToolFile::revision);
  }

  // --- both -----------------------------------------------------------------------------------

  /** One text for all ways in which a revision may be written. */
  default String identity(String revision) {
    return revision;
  }

  /** Each record with its file, then the files that have none. */
  default List<Match> match(TrackerHistory history, List<ToolFile> files) {
    Map<String, ToolFile> byRevision = new HashMap<>();
    files.forEach(file -> byRevision.putIfAbsent(identity(file.revision()), file));
    List<Match> matches = new ArrayList<>();
    Set<String> recorded = new HashSet<>();
    for (Recorded one : history.recorded()) {
      Optional<ToolFile> file = Optional.ofNullable(byRevision.get(identity(one.revision())));
      recorded.add(identity(one.revision()));
      matches.add(new Match(Optional.of(one), file, file.isPresent() && edited(one, file.get())));
    }
    files.stream()
        .filter(file -> !recorded.contains(identity(file.revision())))
        .forEach(file -> matches.add(new Match(Optional.empty(), Optional.of(file), false)));
    return matches;
  }

  /** Whether the file has changed since it was applied, as far as the tool can tell. */
  default boolean edited(Recorded recorded, ToolFile file) {
    return recorded.state().isDone()
        && recorded.checksum().isPresent()
        && file.checksum().isPresent()
        && !recorded.checksum().equals(file.checksum());
  }

  /** The row that says that a file was applied. */
  Map<String, Value> row(TrackerHistory history, ToolFile file, int place);

  /** The recorded migrations that a reset to a revision takes from the record. */
  default List<Match> withdrawn(TrackerHistory history, List<Match> matches, String revision) {
    int last = Revisions.done(history, matches, revision, this);
    return matches.stream().skip(last + 1L).filter(match -> match.recorded().isPresent()).toList();
  }

  /** The change that makes a revision the newest recorded one. */
  default TrackerEdit resetTo(TrackerHistory history, List<Match> matches, String revision) {
    Set<String> going = new HashSet<>();
    withdrawn(history, matches, revision).forEach(match -> going.add(identity(match.revision())));
    return new TrackerEdit(history.table(), key(), keys(history, going), List.of());
  }

  /** The migrations that a mark of a revision brings into the record, in their order. */
  default List<Match> coming(TrackerHistory history, List<Match> matches, String revision) {
    return Revisions.upTo(history, matches, revision, this);
  }

  /** The change that records a revision, and what comes before it, as applied. */
  default TrackerEdit mark(TrackerHistory history, List<Match> matches, String revision) {
    Set<String> unfinished = new HashSet<>();
    List<Map<String, Value>> rows = new ArrayList<>();
    for (Match match : coming(history, matches, revision)) {
      if (match.recorded().filter(r -> r.state() != State.UNDONE).isPresent()) {
        unfinished.add(identity(match.revision()));
      }
      rows.add(row(history, match.file().orElseThrow(), rows.size()));
    }
    return new TrackerEdit(history.table(), key(), keys(history, unfinished), rows);
  }

  /** What tells a row from the others. */
  default List<Value> key(TrackerRow row) {
    return key().stream().map(column -> Value.of(row.plain(column))).toList();
  }

  /** The keys of all rows about some migrations. */
  default List<List<Value>> keys(TrackerHistory history, Set<String> identities) {
    return history.rows().stream()
        .filter(row -> revision(row).filter(r -> identities.contains(identity(r))).isPresent())
        .map(this::key)
        .toList();
  }
}
