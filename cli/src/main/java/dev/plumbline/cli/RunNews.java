package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.http.Time;
import dev.plumbline.journal.Run;
import dev.plumbline.notice.Ending;
import dev.plumbline.notice.Notices;
import dev.plumbline.notice.Subject;
import dev.plumbline.notice.Unsent;
import dev.plumbline.notice.Webhook;
import dev.plumbline.project.Alert;
import dev.plumbline.project.Project;
import dev.plumbline.run.Listener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Has the webhooks of a project told how its runs go on. */
final class RunNews {
  private final Invocation invocation;
  private final Project project;
  private final List<Webhook> webhooks;

  /**
   * Made before anything is entered in a journal.
   *
   * @throws PlumblineException 78 if a webhook's address is none, or its variable is not set
   */
  RunNews(Invocation invocation, Project project) {
    this.invocation = invocation;
    this.project = project;
    this.webhooks =
        project.alerts().stream().flatMap(alert -> webhook(invocation, alert).stream()).toList();
  }

  /** One whose variable is empty is none. */
  private static Optional<Webhook> webhook(Invocation invocation, Alert alert) {
    String address = alert.webhook().resolve(invocation.environment()).strip();
    return address.isEmpty() ? Optional.empty() : Optional.of(Webhook.of(address, alert.every()));
  }

  /**
   * What is about to begin.
   *
   * @param kind the command's word
   * @param planned how many rows or documents, 0 where that is not known
   * @param batchSize where it is fixed
   */
  Subject about(
      String kind, String name, Optional<String> run, long planned, OptionalInt batchSize) {
    boolean known = planned > 0;
    return new Subject(
        project.name(),
        kind,
        name,
        run,
        known ? OptionalLong.of(planned) : OptionalLong.empty(),
        known && batchSize.isPresent()
            ? OptionalLong.of(Math.ceilDiv(planned, batchSize.getAsInt()))
            : OptionalLong.empty());
  }

  /** What goes on. */
  Subject about(Run run) {
    return about(
        run.plan().kind().name().toLowerCase(Locale.ROOT),
        run.plan().invariant(),
        Optional.of(run.name()),
        Math.max(0, run.plan().planned() - run.changed()),
        run.plan().batchSize());
  }

  /** Runs something of which the webhooks hear. */
  RunReport run(Subject subject, Function<Listener, RunReport> work) {
    return telling(subject, work, report -> ending(report, report.exitCode()));
  }

  /**
   * Does something of which the webhooks hear.
   *
   * @param ending how it ended, of what it returned
   */
  <T> T telling(Subject subject, Function<Listener, T> work, Function<T, Ending> ending) {
    Notices notices = Notices.begin(subject, webhooks, Time.SYSTEM);
    try {
      T done = work.apply(notices);
      notices.finished(ending.apply(done));
      return done;
    } catch (RuntimeException e) {
      ExitCode exit = e instanceof PlumblineException p ? ExitCode.of(p.code()) : ExitCode.BUG;
      notices.finished(Ending.stopped(exit.status()));
      throw e;
    } finally {
      notices.end().forEach(this::tell);
    }
  }

  /** A run's end in numbers. */
  static Ending ending(RunReport report, ExitCode exit) {
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("changed", report.run().changed());
    figures.put("set_aside", report.quarantined());
    figures.put("unrepairable", report.unrepairable());
    figures.put("conflicts", report.conflicts());
    return new Ending(
        Optional.of(report.run().name()), report.run().state().word(), exit.status(), figures);
  }

  private void tell(Unsent unsent) {
    invocation
        .terminal()
        .err()
        .println(
            unsent.lost()
                + " of "
                + unsent.of()
                + " notices did not arrive at "
                + unsent.host()
                + " ("
                + unsent.why()
                + ").");
  }
}
