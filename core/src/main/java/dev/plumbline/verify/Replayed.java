package dev.plumbline.verify;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.drift.Replay;
import dev.plumbline.drift.Replay.Script;
import dev.plumbline.drift.Snapshot;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.tracker.Match;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the applied migrations make, when they are run one after the other on an empty database. */
final class Replayed {
  private final Session live;
  private final List<Tracked> tracked;

  Replayed(Session live, List<Tracked> tracked) {
    this.live = live;
    this.tracked = tracked;
  }

  /**
   * @throws PlumblineException (usage) if this is not PostgreSQL; (project) if a migration is not
   *     written in SQL, or does not run on an empty database
   */
  Snapshot on(ScratchPlace place, PostgresParser parser) {
    if (!(live.dialect() instanceof PostgresDialect)) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "--exact replays migrations on PostgreSQL, and this database is another.",
          "Nothing was replayed.",
          "Leave it out: what SQLite keeps of its objects is their text, which is compared anyway.");
    }
    List<Script> scripts = scripts();
    return place.on(
        major(),
        scratch -> {
          Replay replay = new Replay(parser, scratch);
          replay.makeRolesOf(live);
          replay
              .run(scripts)
              .ifPresent(
                  stopped -> {
                    throw stopped(stopped);
                  });
          return Snapshot.read(scratch);
        });
  }

  private int major() {
    return live.one(
        Sql.of("SELECT CAST(current_setting('server_version_num') AS integer) / 10000"),
        row -> (int) row.number(1));
  }

  private List<Script> scripts() {
    List<Script> scripts = new ArrayList<>();
    for (Tracked one : tracked) {
      for (Match match : one.matches()) {
        if (match.isDone()) {
          scripts.add(script(one, match));
        }
      }
    }
    return scripts;
  }

  private static Script script(Tracked of, Match match) {
    ClaimFold.Text text = Tracked.text(match).orElseThrow(() -> notInSql(of, match));
    Path file = match.file().map(f -> f.path()).orElse(Path.of(match.revision()));
    return new Script(file, text.sql());
  }

  private static PlumblineException notInSql(Tracked of, Match match) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        of.tool().label()
            + "'s migration "
            + match.revision()
            + " cannot be replayed: "
            + (match.file().isPresent() ? "it is not written in SQL." : "its file is not there."),
        "Nothing was replayed.",
        "Leave --exact out, or compare with a database that is known to be good: plumb verify"
            + " --against ENV");
  }

  private static ProjectException stopped(Replay.Stopped stopped) {
    return new ProjectException(
        List.of(
            new Problem(
                stopped.at(),
                "the migration does not run on an empty database: " + stopped.message(),
                stopped.statement(),
                Optional.of(
                    "It needs what no migration makes: write that down as a migration, or leave"
                        + " --exact out."))));
  }
}
