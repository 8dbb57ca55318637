package dev.plumbline.cli;

import dev.plumbline.cli.MigrationProbes.Probing;
import dev.plumbline.cli.MigrationTurn.Outcome;
import dev.plumbline.database.Session;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Execution;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Run;
import dev.plumbline.migration.Done;
import dev.plumbline.migration.Migration;
import dev.plumbline.migration.StepListener;
import dev.plumbline.report.MigrationJson;
import dev.plumbline.report.MigrationJson.Ended;
import dev.plumbline.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @param stop asks the work to pause
   * @param probing what is asked of a service before and after it
   */
  record Turn(
      Migration migration,
      String title,
      Function<StepListener, Optional<Done>> work,
      Runnable stop,
      Optional<Probing> probing) {}

  ExitCode take(List<Turn> turns) {
    List<Outcome> outcomes = new ArrayList<>();
    Optional<PlumblineException> error = Optional.empty();
    Optional<Ended> stopped = Optional.empty();
    for (Turn turn : turns) {
      try {
        Outcome outcome = new MigrationTurn(invocation, open, command, turn).take();
        outcomes.add(outcome);
        error = outcome.error();
      } catch (PlumblineException e) {
        error = Optional.of(e);
      }
      if (error.isPresent()) {
        if (!invocation.json()) {
          throw error.get();
        }
        stopped = unfinished(turn.migration(), error.get());
      }
      if (error.isPresent() || outcomes.getLast().stops()) {
        break;
      }
    }
    ExitCode exit =
        ExitCode.worst(
            Stream.concat(
                    outcomes.stream().map(Outcome::exitCode),
                    error.stream().map(e -> ExitCode.of(e.code())))
                .toList());
    if (invocation.json()) {
      print(outcomes, stopped, error, exit);
    }
    return exit;
  }

  private void print(
      List<Outcome> outcomes,
      Optional<Ended> stopped,
      Optional<PlumblineException> error,
      ExitCode exit) {
    List<Ended> ended =
        Stream.concat(outcomes.stream().flatMap(o -> o.ended().stream()), stopped.stream())
            .toList();
    invocation
        .terminal()
        .out()
        .print(
            MigrationJson.done(
                command, open.project().name(), open.database().label(), ended, error, exit));
  }

  /** The run of the file that has not come to its end, as the journal has it. */
  private Optional<Ended> unfinished(Migration migration, PlumblineException error) {
    try {
      return lastRun(migration)
          .filter(run -> run.state() != RunState.SUCCEEDED)
          .map(run -> new Execution(open.database(), open.settings()).look(run.id()))
          .map(report -> new Done(migration, report, 0))
          .map(done -> new Ended(done, Optional.empty(), Optional.empty()));
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
}
