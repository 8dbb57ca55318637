package dev.plumbline.tracker;

import dev.plumbline.database.NamedTables;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.layout.Tool;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What other tools have recorded about their migrations, and the files that they have for them.
 * Reads only; what is to be written is told as a {@link TrackerEdit}.
 */
public final class Trackers {
  /** The point before the first migration, where a revision is asked for; Alembic's word. */
  public static final String BASE = "base";

  private static final List<Tracker> ALL =
      List.of(
          new FlywayTracker(),
          new LiquibaseTracker(),
          new AlembicTracker(),
          new PrismaTracker(),
          new SupabaseTracker(),
          new RailsTracker(),
          new GolangMigrateTracker(),
          new DbmateTracker(),
          new GooseTracker(),
          new DjangoTracker(),
          new KnexTracker(),
          new SequelizeTracker(),
          new TypeOrmTracker(),
          new DrizzleTracker(),
          new EfCoreTracker(),
          new AtlasTracker(),
          new DieselTracker(),
          new SqlxTracker());

  /** Tables that tell tools apart, or hold their locks. */
  private static final Set<String> COMPANIONS =
      Set.of(
          "ar_internal_metadata",
          "databasechangeloglock",
          "knex_migrations_lock",
          "__efmigrationslock");

  private Trackers() {}

  /**
   * Every tool's table in every schema. A table counts as a tool's by its name, its columns and
   * what stands beside it.
   *
   * @throws dev.plumbline.error.DatabaseException (denied) where such a table may not be read: then
   *     nothing could be said
   */
  public static List<TrackerHistory> read(Session session) {
    Set<String> names = new TreeSet<>(COMPANIONS);
    ALL.forEach(tracker -> names.addAll(tracker.tableNames()));
    Neighbours neighbours = new Neighbours(NamedTables.read(session, names));
    List<TrackerHistory> histories = new ArrayList<>();
    for (Table table : neighbours.tables()) {
      tracker(table, neighbours)
          .ifPresent(tracker -> histories.add(history(session, tracker, table, neighbours)));
    }
    return histories;
  }

  private static Optional<Tracker> tracker(Table table, Neighbours neighbours) {
    return ALL.stream()
        .filter(t -> t.tableNames().stream().anyMatch(table.name()::equalsIgnoreCase))
        .filter(t -> t.recognises(table, neighbours))
        .findFirst();
  }

  private static TrackerHistory history(
      Session session, Tracker tracker, Table table, Neighbours neighbours) {
    List<TrackerRow> rows = rows(session, table, tracker.order());
    return new TrackerHistory(
        tracker.tool(),
        table,
        tracker.recorded(rows),
        tracker.lock(session, table, neighbours),
        rows);
  }

  /** All rows of a table, each value as text. */
  static List<TrackerRow> rows(Session session, Table table, List<String> order) {
    Dialect dialect = session.dialect();
    List<String> names = table.columnNames();
    List<Sql> texts =
        names.stream().map(name -> dialect.text(Sql.of(dialect.quote(name)))).toList();
    List<String> by =
        order.stream()
            .flatMap(name -> table.findColumn(name).stream())
            .map(Column::name)
            .map(name -> "t." + dialect.quote(name)) // not the text that is selected
            .toList();
    Sql query =
        Sql.of(
            "SELECT {} FROM {} AS t ORDER BY {}",
            Sql.join(", ", texts),
            table.sql(),
            String.join(", ", by));
    return session.query(
        query,
        row -> {
          Map<String, String> values = new HashMap<>();
          for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            row.optional(i + 1).ifPresent(value -> values.put(name, value));
          }
          return new TrackerRow(values);
        });
  }

  /**
   * The tool's migrations in a folder, in the tool's order.
   *
   * @throws PlumblineException (project) if the folder cannot be read
   */
  public static List<ToolFile> files(Tool tool, Path folder) {
    return of(tool).files(folder);
  }

  /** Where the tool's files are: the first of its usual folders, below a directory or beside it. */
  public static Optional<Path> usualFolder(Tool tool, Path directory) {
    Tracker tracker = of(tool);
    Path parent = directory.toAbsolutePath().normalize().getParent();
    return Stream.of(Optional.of(directory), Optional.ofNullable(parent))
        .flatMap(Optional::stream)
        .flatMap(place -> tracker.usualFolders().stream().map(place::resolve))
        .filter(Files::isDirectory)
        .filter(folder -> !tracker.files(folder).isEmpty())
        .findFirst();
  }

  /**
   * What is wrong with the files among themselves, in sentences: the same revision twice, a
   * predecessor that is not there, a circle.
   */
  public static List<String> flaws(List<ToolFile> files) {
    List<String> flaws = new ArrayList<>();
    Map<String, List<ToolFile>> byRevision =
        files.stream()
            .collect(
                Collectors.groupingBy(ToolFile::revision, LinkedHashMap::new, Collectors.toList()));
    byRevision.forEach(
        (revision, same) -> {
          if (same.size() > 1) {
            flaws.add(
                "Revision %s is in %s."
                    .formatted(
                        revision,
                        same.stream()
                            .map(file -> String.valueOf(file.path()))
                            .collect(Collectors.joining(" and in "))));
          }
        });
    flaws.addAll(Ancestry.of(files).flaws());
    return flaws;
  }

  /**
   * Each record with its file, in the order applied; then the files that have no record, in the
   * tool's order.
   */
  public static List<Match> match(TrackerHistory history, List<ToolFile> files) {
    return of(history.tool()).match(history, files);
  }

  /**
   * The change that moves the record back, so that a revision is the newest recorded one. It says
   * nothing about what the later migrations have made.
   *
   * @param revision one that is recorded as done, or {@link #BASE}
   * @throws PlumblineException (usage) if the revision is not recorded as done
   */
  public static TrackerEdit resetTo(TrackerHistory history, List<Match> matches, String revision) {
    return of(history.tool()).resetTo(history, matches, revision);
  }

  /**
   * The change that records a revision as done, with all that come before it: rows as the tool
   * itself would write them.
   *
   * @throws PlumblineException (usage) if there is no such revision, or no file for it
   */
  public static TrackerEdit mark(TrackerHistory history, List<Match> matches, String revision) {
    return of(history.tool()).mark(history, matches, revision);
  }

  /**
   * The recorded migrations that {@link #resetTo} takes from the record, in the order applied.
   *
   * @throws PlumblineException (usage) if the revision is not recorded as done
   */
  public static List<Match> withdrawn(
      TrackerHistory history, List<Match> matches, String revision) {
    return of(history.tool()).withdrawn(history, matches, revision);
  }

  /**
   * The migrations that {@link #mark} brings into the record, in the tool's order; none if the
   * revision is recorded as done already.
   *
   * @throws PlumblineException (usage) if there is no such revision, or no file for it
   */
  public static List<Match> coming(TrackerHistory history, List<Match> matches, String revision) {
    return of(history.tool()).coming(history, matches, revision);
  }

  static List<Tracker> all() {
    return ALL;
  }

  /** The tools whose records can be read. */
  public static List<Tool> tools() {
    return ALL.stream().map(Tracker::tool).toList();
  }

  private static Tracker of(Tool tool) {
    return ALL.stream()
        .filter(tracker -> tracker.tool() == tool)
        .findFirst()
        .orElseThrow(
            () ->
                new PlumblineException(
                    ErrorCode.USAGE,
                    tool.label() + " keeps no record that Plumbline reads.",
                    "Nothing was changed.",
                    "Name one of: "
                        + ALL.stream()
                            .map(t -> t.tool().word())
                            .collect(Collectors.joining(", "))));
  }
}
