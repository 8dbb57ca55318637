package dev.plumbline.verify;

import dev.plumbline.error.Position;
import dev.plumbline.layout.Tool;
import dev.plumbline.tracker.Match;
import dev.plumbline.tracker.Recorded;
import dev.plumbline.tracker.ToolFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a record and the files that it speaks of do not agree. */
final class RecordFindings {
  private final Tracked tracked;
  private final Declarations declarations;
  private final List<Finding> findings = new ArrayList<>();

  RecordFindings(Tracked tracked, Declarations declarations) {
    this.tracked = tracked;
    this.declarations = declarations;
  }

  List<Finding> findings() {
    tracked.lock().ifPresent(this::locked);
    if (tracked.matches().stream().noneMatch(match -> match.file().isPresent())) {
      noFiles();
    } else {
      tracked.matches().forEach(this::missing);
      skipped();
    }
    tracked.matches().stream()
        .filter(match -> match.edited() && !Tracked.runsAgain(match))
        .forEach(this::edited);
    return findings;
  }

  private void locked(String lock) {
    add(
        Finding.Sort.LOCKED,
        Optional.empty(),
        Optional.empty(),
        tracked.label(),
        lock,
        "If "
            + tracked.tool().label()
            + " is not at work, its last run was cut off: look at what it did, then release the lock"
            + " in its own way.");
  }

  /** One finding for all: that the folder is another is likelier than that all files are gone. */
  private void noFiles() {
    if (tracked.matches().stream().noneMatch(this::isUnseen)) {
      return;
    }
    String looked =
        tracked.folders().isEmpty()
            ? "none of the places where they usually are exists here"
            : "there are none in "
                + tracked.folders().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
    add(
        Finding.Sort.NOT_LOOKED_AT,
        Optional.empty(),
        Optional.empty(),
        tracked.label(),
        "its migrations' files were not found: " + looked,
        "Name their folder: plumb verify --files DIR, or under `trackers` in plumb.yaml.");
  }

  private void missing(Match match) {
    if (match.file().isPresent() || !isUnseen(match)) {
      return;
    }
    Recorded recorded = match.recorded().orElseThrow();
    add(
        Finding.Sort.MISSING_FILE,
        Optional.of(recorded.revision()),
        Optional.empty(),
        "migration " + named(recorded.revision(), recorded.description()),
        "is recorded, but its file is not there, so what it made was not looked at",
        "Bring the file back from version control, or claim what it made with an `exist` invariant"
            + " and `revision: \""
            + recorded.revision()
            + "\"`.");
  }

  /** Nothing tells what it made: no statements, and no invariant that claims for it. */
  private boolean isUnseen(Match match) {
    return match.isDone()
        && !match.isElsewhere()
        && Tracked.text(match).isEmpty()
        && declarations.of(match.revision()).isEmpty();
  }

  private void edited(Match match) {
    ToolFile file = match.file().orElseThrow();
    add(
        Finding.Sort.EDITED,
        Optional.of(file.revision()),
        Optional.of(new Position(file.path(), file.line(), 1)),
        "migration " + named(file.revision(), file.description()),
        "was edited after it had been applied; it was looked at as it is now",
        "Put the file back as it was applied, and write the change as a new migration.");
  }

  /** Files that come before one that is recorded, of tools that then pass them over. */
  private void skipped() {
    List<ToolFile> files = tracked.files();
    int newest = -1;
    for (Match match : tracked.matches()) {
      if (match.isDone()) {
        newest = Math.max(newest, match.file().map(files::indexOf).orElse(-1));
      }
    }
    for (ToolFile file : files.subList(0, newest + 1)) {
      if (isPending(file)) {
        fate(tracked.tool()).ifPresent(fate -> skipped(file, fate));
      }
    }
  }

  private boolean isPending(ToolFile file) {
    return !file.repeatable()
        && tracked.matches().stream()
            .anyMatch(m -> m.recorded().isEmpty() && m.file().filter(file::equals).isPresent());
  }

  private void skipped(ToolFile file, String fate) {
    add(
        Finding.Sort.SKIPPED,
        Optional.of(file.revision()),
        Optional.of(new Position(file.path(), file.line(), 1)),
        "migration " + named(file.revision(), file.description()),
        "comes before one that is recorded and is not recorded itself: " + fate,
        "Give it a version after the newest, or run it by hand and see that it is recorded.");
  }

  /** What a tool does with a file that comes too late; empty where it runs it all the same. */
  private static Optional<String> fate(Tool tool) {
    return switch (tool) {
      case FLYWAY ->
          Optional.of("Flyway passes it over or refuses to go on, unless outOfOrder is set");
      case DRIZZLE -> Optional.of("Drizzle will never run it, and says nothing");
      case GOLANG_MIGRATE -> Optional.of("golang-migrate will never run it, and says nothing");
      case GOOSE -> Optional.of("goose refuses to go on, unless it is told to allow it");
      case KNEX -> Optional.of("Knex refuses to go on");
      case PLUMBLINE -> Optional.of("plumb migrate refuses to go on");
      case ATLAS -> Optional.of("Atlas refuses to go on, unless it is told otherwise");
      case SUPABASE -> Optional.of("Supabase refuses to go on, unless it is told to include it");
      case PRISMA, LIQUIBASE, ALEMBIC, RAILS, DBMATE, DJANGO, SEQUELIZE, TYPEORM ->
          Optional.empty();
      case EF_CORE, DIESEL, SQLX, PLAIN -> Optional.empty();
    };
  }

  private static String named(String revision, String description) {
    return description.isEmpty() ? revision : revision + " " + description;
  }

  private void add(
      Finding.Sort sort,
      Optional<String> revision,
      Optional<Position> place,
      String about,
      String what,
      String next) {
    findings.add(
        new Finding(sort, Optional.of(tracked.label()), revision, place, about, what, next));
  }
}
