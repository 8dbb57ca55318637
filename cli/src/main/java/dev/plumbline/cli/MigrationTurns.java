package dev.plumbline.cli;

import dev.plumbline.database.Session;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Execution;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Run;
import dev.plumbline.migration.Done;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.StepListener;
import dev.plumbline.notice.Ending;
import dev.plumbline.report.MigrationJson;
import dev.plumbline.report.MigrationText;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Migrations that are applied or taken back one after the other, until one stops. As text each part
 * is printed as it is done; JSON is one document, which holds what was done and what stopped it.
 */
final class MigrationTurns {
  private final Invocation invocation;
  private final OpenProject open;
  private final String command;

  /**
   * @param command as JSON names it
   */
  MigrationTurns(Invocation invocation, OpenProject open, String command) {
    this.invocation = invocation;
    this.open = open;
    this.command = command;
  }

  /**
   * One migration's turn.
   *
   * @param title what is printed before its parts
   * @param work empty if another process has done it meanwhile
   */
  record Turn(Migration migration, String title, Function<StepListener, Optional<Done>> work) {}

  /**
   * @param stop asks the turn at hand to pause
   */
  ExitCode take(List<Turn> turns, Runnable stop) {
    List<Done> done = new ArrayList<>();
    Optional<PlumblineException> error = Optional.empty();
    Optional<Done> stopped = Optional.empty();
    try (Stopping.Scope stopping = invocation.stopping().calling(stop)) {
      for (Turn turn : turns) {
        try {
          Optional<Done> one = take(turn);
          one.ifPresent(done::add);
          if (one.filter(d -> d.report().run().state() != RunState.SUCCEEDED).isPresent()) {
            break; // somebody said stop
          }
        } catch (PlumblineException e) {
          if (!invocation.json()) {
            throw e;
          }
          error = Optional.of(e);
          stopped = unfinished(turn.migration(), e);
          break;
        }
      }
    }
    ExitCode exit =
        ExitCode.worst(
            Stream.concat(
                    done.stream().map(Done::exitCode),
                    error.stream().map(e -> ExitCode.of(e.code())))
                .toList());
    if (invocation.json()) {
      stopped.ifPresent(done::add);
      print(
          MigrationJson.done(
              command, open.project().name(), open.database().label(), done, error, exit));
    }
    return exit;
  }

  private Optional<Done> take(Turn turn) {
    RunNews news = new RunNews(invocation, open.project());
    return news.telling(
        news.about(command, turn.migration().label(), Optional.empty(), 0, OptionalInt.empty()),
        told -> take(turn, told),
        MigrationTurns::ending);
  }

  /** Another process may have done it meanwhile. */
  private static Ending ending(Optional<Done> done) {
    return done.map(d -> RunNews.ending(d.report(), d.exitCode()))
        .orElse(new Ending(Optional.empty(), "succeeded", ExitCode.OK.status(), Map.of()));
  }

  private Optional<Done> take(Turn turn, Listener told) {
    text(MigrationText.begins(turn.title(), invocation.style()));
    StepProgress progress = new StepProgress(invocation, told);
    try {
      Optional<Done> done = turn.work().apply(progress);
      progress.end();
      text(
          done.map(d -> MigrationText.end(d, invocation.style()))
              .orElse("  Another process has applied it meanwhile.\n"));
      return done;
    } finally {
      progress.end();
    }
  }

  /** The run of the file that has not come to its end, as the journal has it. */
  private Optional<Done> unfinished(Migration migration, PlumblineException error) {
    try {
      return lastRun(migration)
          .filter(run -> run.state() != RunState.SUCCEEDED)
          .map(run -> new Execution(open.database(), open.settings()).look(run.id()))
          .map(report -> new Done(migration, report, 0));
    } catch (PlumblineException second) {
      error.addSuppressed(second); // a server that is gone tells nothing more
      return Optional.empty();
    }
  }

  private Optional<Run> lastRun(Migration migration) {
    try (Session session = open.database().openForReading(open.reading())) {
      Journal journal = new Journal(session);
      return journal.exists() && journal.complete()
          ? journal.migrations().reversed().stream()
              .filter(run -> run.plan().invariant().equals(migration.label()))
              .findFirst()
          : Optional.empty();
    }
  }

  private void text(String text) {
    if (!invocation.json()) {
      print(text);
      invocation.terminal().out().flush();
    }
  }

  private void print(String text) {
    invocation.terminal().out().print(text);
  }
}
