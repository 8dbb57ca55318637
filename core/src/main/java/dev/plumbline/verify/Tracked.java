package dev.plumbline.verify;

import dev.plumbline.layout.Tool;
import dev.plumbline.tracker.Match;
import dev.plumbline.tracker.Recorded;
import dev.plumbline.tracker.State;
import dev.plumbline.tracker.ToolFile;
import dev.plumbline.tracker.TrackerHistory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A record of migrations, and the files that it speaks of.
 *
 * @param table how people call where it is kept
 * @param lock a sentence, if the tool's own lock is held
 * @param history the tool's table; empty: Plumbline's own journal
 * @param folders where the files were looked for; empty: nowhere
 * @param files what was found there, in the order in which the tool applies them
 * @param matches what is recorded in the order in which it was applied, then what is pending
 */
public record Tracked(
    Tool tool,
    String table,
    Optional<String> lock,
    Optional<TrackerHistory> history,
    List<Path> folders,
    List<ToolFile> files,
    List<Match> matches) {
  private static final Set<String> USUAL = Set.of("public", "main");

  public Tracked {
    folders = List.copyOf(folders);
    files = List.copyOf(files);
    matches = List.copyOf(matches);
  }

  /** How people call it: {@code Flyway (flyway_schema_history)}. */
  public String label() {
    return tool.label() + " (" + table + ")";
  }

  /**
   * The schemas in which the tool's statements look for a name without one: where its table lies is
   * where it works, so that each of several tenants has its own. Empty: the usual ones.
   */
  List<String> path() {
    return history
        .map(record -> record.table().schema())
        .filter(schema -> !USUAL.contains(schema) && !isOfTool(schema))
        .map(schema -> List.of(schema, "public"))
        .orElse(List.of());
  }

  /** Some keep their table in a schema of its own. */
  private boolean isOfTool(String schema) {
    return switch (tool) {
      case DRIZZLE, SUPABASE, ATLAS -> true;
      case PLUMBLINE, FLYWAY, LIQUIBASE, ALEMBIC, PRISMA, RAILS, GOLANG_MIGRATE, DBMATE, GOOSE ->
          schema.equals("migrations");
      case DJANGO, KNEX, SEQUELIZE, TYPEORM, EF_CORE, DIESEL, SQLX, PLAIN ->
          schema.equals("migrations");
    };
  }

  /** What other tools have run in the same schemas. */
  List<ClaimFold.Text> besideIt(List<Tracked> all) {
    return all.stream()
        .filter(other -> !other.label().equals(label()) && other.path().equals(path()))
        .flatMap(other -> other.matches().stream())
        .filter(Match::isDone)
        .flatMap(match -> text(match).stream())
        .toList();
  }

  /** The same as if some revisions had never been. */
  Tracked without(Collection<String> revisions) {
    return new Tracked(
        tool,
        table,
        lock,
        history,
        folders,
        files,
        matches.stream().filter(match -> !revisions.contains(match.revision())).toList());
  }

  /** The same as if some revisions were applied: what they claim is looked at. */
  Tracked asIfApplied(Collection<String> revisions) {
    return new Tracked(
        tool,
        table,
        lock,
        history,
        folders,
        files,
        matches.stream()
            .map(match -> revisions.contains(match.revision()) ? Moves.applied(match) : match)
            .toList());
  }

  /** Whether it may have left something behind although the tool does not hold it for applied. */
  static boolean isDoubtful(Match match) {
    return match
        .recorded()
        .filter(r -> r.state() == State.HALF_DONE || r.state() == State.FAILED)
        .isPresent();
  }

  /** Whether it is a repeatable one that has changed: what ran was another text. */
  static boolean runsAgain(Match match) {
    return match.edited() && match.file().filter(ToolFile::repeatable).isPresent();
  }

  /** What its files, or the tool's table, say was run. */
  static Optional<ClaimFold.Text> text(Match match) {
    Optional<String> kept =
        match
            .recorded()
            .map(Recorded::statements)
            .filter(statements -> !statements.isEmpty())
            .map(statements -> String.join(";\n", statements));
    return match
        .file()
        .flatMap(ToolFile::sql)
        .or(() -> kept)
        .map(sql -> new ClaimFold.Text(match.revision(), sql));
  }
}
