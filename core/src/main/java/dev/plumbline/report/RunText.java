package dev.plumbline.report;

import dev.plumbline.audit.AuditResult;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.RunReport.StepChanges;
import dev.plumbline.journal.NewRun;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.SetAside;
import dev.plumbline.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs as text for people: what one did, its record in the journal, and the list of all. */
public final class RunText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What a person wants to see of set-aside keys; the journal has them all. */
  private static final int LISTED = 10;

  private final TextStyle style;
  private final StringBuilder text = new StringBuilder();

  private RunText(TextStyle style) {
    this.style = style;
  }

  /** What a run did, and what to do next. */
  public static String result(RunReport report, TextStyle style) {
    return result(report, style, "");
  }

  /**
   * The same with further lines about the work.
   *
   * @param further whole lines
   */
  static String result(RunReport report, TextStyle style, String further) {
    RunText page = new RunText(style);
    page.headline(report.run());
    page.text.append(further);
    page.work(report);
    page.next(report);
    return page.text.toString();
  }

  /** A run's record in the journal. */
  public static String record(RunReport report, TextStyle style) {
    RunText page = new RunText(style);
    page.headline(report.run());
    page.facts(report.run());
    report.backups().forEach(backup -> page.fact("backup", BackupText.fact(backup.entry())));
    page.work(report);
    page.definition(report.run());
    page.next(report);
    return page.text.toString();
  }

  /** All runs, newest first, a line each. */
  public static String list(List<Run> runs, TextStyle style) {
    if (runs.isEmpty()) {
      return "There are no runs yet: nothing was ever written.\n";
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Run run : runs) {
      rows.add(
          Arrays.asList(
              run.name(),
              kind(run),
              run.plan().invariant(),
              state(run) + (complaint(run).isPresent() ? ", with a remark" : ""),
              Figures.count(run.changed()),
              TIME.format(run.createdAt()),
              took(run).map(Figures::time).orElse(""),
              run.actor() + " on " + run.host()));
    }
    List<String> headings =
        List.of("run", "kind", "invariant", "state", "changed", "begun", "took", "by");
    return String.join("\n", new TextTable(headings, rows, 5).lines(style, 0)) + "\n";
  }

  private static String kind(Run run) {
    String kind = run.plan().kind().name().toLowerCase(Locale.ROOT);
    return run.plan().reverts().isPresent()
        ? kind + " of " + run.named(run.plan().reverts().getAsLong())
        : kind;
  }

  private static String state(Run run) {
    return run.interrupted() ? "interrupted" : run.state().word();
  }

  /** What was found of a run that did all that it should. */
  private static Optional<String> complaint(Run run) {
    return run.state() == RunState.SUCCEEDED ? run.error() : Optional.empty();
  }

  private static Optional<Duration> took(Run run) {
    return run.startedAt()
        .flatMap(start -> run.finishedAt().map(finish -> Duration.between(start, finish)));
  }

  private void headline(Run run) {
    String headline =
        "Run " + run.name() + ", " + kind(run) + " · " + run.plan().invariant() + ": " + state(run);
    line(
        switch (run.state()) {
          case SUCCEEDED -> style.green("✓ " + headline);
          case FAILED -> style.red("✗ " + headline);
          case PLANNED, RUNNING, PAUSING, PAUSED, VERIFYING, CANCELLING, CANCELLED ->
              style.yellow("! " + headline);
        });
  }

  private void facts(Run run) {
    fact("begun", TIME.format(run.createdAt()) + " by " + run.actor() + " on " + run.host());
    fact("version", run.version());
    run.finishedAt().ifPresent(finish -> fact("ended", ended(finish, run)));
    run.leaseOwner()
        .ifPresent(owner -> fact("held by", owner + (run.leaseLive() ? "" : " (no longer)")));
    if (run.plan().kind().hasSteps()) {
      return;
    }
    fact("scope", scope(run.plan()));
    fact("strategy", run.plan().strategy().name().toLowerCase(Locale.ROOT));
    fact(
        "workers",
        run.plan().workers()
            + (run.plan().batchSize().isPresent()
                ? ", batches of " + Figures.count(run.plan().batchSize().getAsInt())
                : ", batches sized by time"));
    fact(
        "planned",
        run.plan().kind() == NewRun.Kind.TRANSFORM
            ? Figures.count(run.plan().planned(), "document", "documents")
            : Figures.count(run.plan().planned(), "row", "rows"));
    fact("passes", String.valueOf(run.pass() + 1));
  }

  private static String ended(Instant finish, Run run) {
    return TIME.format(finish) + took(run).map(t -> ", after " + Figures.time(t)).orElse("");
  }

  private static String scope(NewRun plan) {
    NewRun.Scope scope = plan.scope();
    if (scope.isWhole()) {
      return plan.kind() == NewRun.Kind.TRANSFORM ? "all documents" : "the whole invariant";
    }
    List<String> parts = new ArrayList<>();
    scope.where().ifPresent(where -> parts.add(beside(plan.kind()) + where));
    if (!scope.keys().isEmpty()) {
      parts.add("keys " + String.join(" ", scope.keys().stream().map(String::valueOf).toList()));
    }
    if (scope.limit().isPresent()) {
      parts.add("at most " + Figures.count(scope.limit().getAsLong()));
    }
    return String.join(", ", parts);
  }

  /** What stands before a scope's condition: of a rollback it is a flag of the command. */
  private static String beside(NewRun.Kind kind) {
    return switch (kind) {
      case TRANSFORM -> "after ";
      case ROLLBACK -> "with ";
      case REPAIR, MIGRATION, UNDO -> "where ";
    };
  }

  private void fact(String name, String value) {
    line("  " + style.dim(String.format(Locale.ROOT, "%-9s", name)) + Printable.of(value));
  }

  private void work(RunReport report) {
    if (report.run().plan().kind().hasSteps()) {
      report.steps().forEach(step -> text.append(MigrationText.step(step, style)));
      error(report.run());
      return;
    }
    report.changes().stream().filter(step -> step.rows() > 0).forEach(this::changed);
    if (report.run().plan().kind() == NewRun.Kind.TRANSFORM) {
      line("  " + Figures.count(report.run().changed(), "document", "documents") + " written");
    } else if (tookDocumentsBack(report)) {
      line("  " + Figures.count(report.run().changed(), "document", "documents") + " written");
    } else if (report.changes().stream().allMatch(step -> step.rows() == 0)) {
      line("  no row changed");
    }
    line("  " + batches(report));
    NewRun.Kind kind = report.run().plan().kind();
    setAside(report, Set.of(SetAside.Reason.QUARANTINED), report.quarantined(), refused(kind));
    setAside(report, Set.of(SetAside.Reason.UNREPAIRABLE), report.unrepairable(), remaining(kind));
    setAside(
        report,
        Set.of(SetAside.Reason.CONFLICT, SetAside.Reason.SET_AGAIN),
        report.conflicts(),
        tookDocumentsBack(report) ? "kept, wholly or in part" : "changed since, kept");
    error(report.run());
    report.after().ifPresent(this::verified);
  }

  /** Batches of documents wait for answers side by side: their times together are no time. */
  private static String batches(RunReport report) {
    String number = Figures.count(report.totals().batches(), "batch", "batches");
    boolean documents =
        report.run().plan().kind() == NewRun.Kind.TRANSFORM || tookDocumentsBack(report);
    return documents
        ? number + took(report.run()).map(took -> ", " + Figures.time(took) + " in all").orElse("")
        : number + " in " + Figures.time(report.totals().took());
  }

  private static boolean tookDocumentsBack(RunReport report) {
    return report.changes().isEmpty() && report.run().changed() > 0;
  }

  private static String refused(NewRun.Kind kind) {
    return switch (kind) {
      case TRANSFORM -> "failed";
      case REPAIR, ROLLBACK, MIGRATION, UNDO -> "refused by the database";
    };
  }

  private static String remaining(NewRun.Kind kind) {
    return switch (kind) {
      case TRANSFORM -> "refused: the result breaks what is declared of it";
      case ROLLBACK -> "not restored";
      case REPAIR, MIGRATION, UNDO -> "unrepairable";
    };
  }

  private void error(Run run) {
    run.error().stream()
        .flatMap(String::lines)
        .forEach(said -> line("  " + style.red(Printable.of(said))));
  }

  /** With the keys as {@code rollback --key} takes them, where they were asked for. */
  private void changed(StepChanges step) {
    line("  " + Changes.done(step));
    step.keys().forEach(key -> line("    · " + Printable.of(key.toString())));
    if (!step.keys().isEmpty()) {
      more(step.rows() - step.keys().size());
    }
  }

  private void more(long number) {
    if (number > 0) {
      line("    … and " + Figures.count(number) + " more");
    }
  }

  private void setAside(
      RunReport report, Set<SetAside.Reason> reasons, long number, String description) {
    if (number == 0) {
      return;
    }
    line("  " + style.yellow(Figures.count(number, "key", "keys") + " " + description + ":"));
    List<SetAside> listed =
        report.setAside().stream()
            .filter(aside -> reasons.contains(aside.reason()))
            .limit(LISTED)
            .toList();
    listed.forEach(
        aside -> line("    · " + Printable.of(key(report.run(), aside) + ": " + aside.message())));
    more(number - listed.size());
  }

  /** As the commands take it: documents outside of a database have their ids just as they are. */
  private static String key(Run run, SetAside aside) {
    return run.name().equals(String.valueOf(run.id()))
        ? aside.key().flag()
        : aside.key().toString();
  }

  private void verified(AuditResult after) {
    after
        .counts()
        .ifPresent(
            counts -> line("  a fresh audit found: " + CountsText.line(after.invariant(), counts)));
  }

  private void definition(Run run) {
    line("");
    line(style.dim("  definition, SHA-256 " + run.plan().checksum()));
    run.plan().definition().lines().forEach(line -> line("    " + Printable.of(line)));
    line("");
  }

  private void next(RunReport report) {
    Run run = report.run();
    if (run.plan().kind().hasSteps()) {
      line("  How all migrations stand: " + style.plumb() + " status");
      return;
    }
    if (report.partOf().isPresent()) {
      line(
          "  It is a step of run "
              + report.partOf().getAsLong()
              + ", which goes on and is taken back as a whole: "
              + style.plumb()
              + " show "
              + report.partOf().getAsLong());
      return;
    }
    String resume = style.plumb() + " resume " + run.name();
    switch (run.state()) {
      case SUCCEEDED -> {
        if (run.changed() > 0) {
          takeBack(report, "");
        }
      }
      case FAILED -> {
        goOn(report, resume);
        if (run.changed() > 0) {
          takeBack(report, "");
        }
      }
      case CANCELLED -> takeBack(report, "What was changed stays. ");
      case PAUSED -> line("  To go on: " + resume);
      case PLANNED, RUNNING, PAUSING, VERIFYING, CANCELLING ->
          line("  " + (run.leaseLive() ? "It is being worked on." : "To go on: " + resume));
    }
  }

  /** What was taken back is not gone on with: that would write it again. */
  private void goOn(RunReport report, String resume) {
    Run run = report.run();
    boolean documents = run.plan().kind() == NewRun.Kind.TRANSFORM || tookDocumentsBack(report);
    if (documents && report.takenBackBy().isPresent()) {
      if (run.plan().kind() == NewRun.Kind.TRANSFORM) {
        String again = style.plumb() + " transform " + run.plan().invariant() + " --commit";
        line("  To transform the documents again: " + again);
      }
      return;
    }
    String stays = run.changed() > 0 ? "What was changed stays. " : "";
    line("  " + stays + "When the cause is gone: " + resume);
  }

  private void takeBack(RunReport report, String stays) {
    Run run = report.run();
    Optional<Run> back = report.takenBackBy();
    boolean wholly =
        back.filter(by -> by.state() == RunState.SUCCEEDED && by.plan().scope().isWhole())
            .isPresent();
    if (wholly) {
      String by = back.orElseThrow().name();
      line("  It was taken back by run " + by + ": " + style.plumb() + " show " + by);
    } else if (report.purged()) {
      line("  It cannot be taken back any more: its before-images were purged.");
    } else {
      line("  " + stays + "To take it back: " + style.plumb() + " rollback " + run.name());
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
