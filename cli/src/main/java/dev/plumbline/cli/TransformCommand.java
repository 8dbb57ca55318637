package dev.plumbline.cli;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.Run;
import dev.plumbline.project.RunSettings;
import dev.plumbline.report.TransformJson;
import dev.plumbline.report.TransformText;
import dev.plumbline.transform.RunFolder;
import dev.plumbline.transform.TransformOptions;
import dev.plumbline.transform.TransformPlan;
import dev.plumbline.transform.Transforming;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb transform NAME}: the dry run, or with {@code --commit} a run. */
@picocli.CommandLine.Command(
    name = "transform",
    description = {
      "Transforms every document that transforms/NAME.yaml is about, proves each result by what the"
          + " file declares of it, and shows what it would write. With --commit it is written, as a"
          + " run that can be resumed and taken back.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: planned, or written and verified. 2: some documents are refused or failed, or",
      "a probe is beyond its threshold.",
      "69: the place does not answer. 75: busy, paused, or the quota is used up. 77: not permitted.",
      "",
      "  plumb transform hierarchical-progress",
      "  plumb transform hierarchical-progress --limit 10 --commit"
    })
final class TransformCommand implements Command {
  /** Enough that requests of half a second use up what the usual limits allow. */
  private static final int WORKERS = 8;

  private final Invocation invocation;

  @Parameters(paramLabel = "NAME", description = "The transform: the name of its file.")
  String name = "";

  @Option(names = "--commit", description = "Does it. Without this no document is written.")
  boolean commit;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Only the document with this id. Repeatable.")
  List<String> ids = new ArrayList<>();

  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      description = "Only the record with this e-mail address. Repeatable.")
  List<String> emails = new ArrayList<>();

  @Option(
      names = "--failed-of",
      paramLabel = "RUN",
      converter = RunReference.Reading.class,
      description = "Only the documents that this run refused, or that failed in it.")
  @Nullable RunReference failedOf;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      description = "Only documents after this place in the source's order.")
  @Nullable String from;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many documents that are to be changed.")
  @Nullable Long limit;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "The documents of a batch (default: what suits the place).")
  @Nullable Integer batchSize;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "How many batches at once (default: the project's, else ${DEFAULT-VALUE}).",
      defaultValue = "" + WORKERS)
  int workers = WORKERS;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where a dry run puts its files (default: .plumb/plans/NAME).")
  @Nullable Path out;

  TransformCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    requireNumber("--limit", limit, Long.MAX_VALUE);
    requireNumber("--batch-size", batchSize, RunSettings.LARGEST_BATCH);
    requireNumber("--workers", workers, RunSettings.MOST_WORKERS);
    requireOneScope();
    requireNoFolderOfARun();
    try (OpenTransform open = OpenTransform.of(invocation, name)) {
      if (!commit) {
        return plan(open, options(open));
      }
      open.project().requireMayCommit();
      open.createJournal();
      return commit(open, options(open));
    }
  }

  private static void requireNumber(String option, @Nullable Number value, long most) {
    if (value != null && (value.longValue() < 1 || value.longValue() > most)) {
      throw UsageErrors.usage(
          option + " is a number from 1 to " + most + ".", "Write such as " + option + " 10");
    }
  }

  private void requireOneScope() {
    boolean named = !ids.isEmpty() || !emails.isEmpty() || failedOf != null;
    if (named && (from != null || limit != null)) {
      throw UsageErrors.usage(
          "--from and --limit go through documents in the place's order; --id, --email and"
              + " --failed-of name them.",
          "Leave one of the two out.");
    }
  }

  private void requireNoFolderOfARun() {
    if (commit && out != null) {
      throw UsageErrors.usage(
          "--out is for a dry run; a run lays its files down in .plumb/runs/RUN.",
          "Leave --out or --commit out.");
    }
  }

  private TransformOptions options(OpenTransform open) {
    Set<String> named = new LinkedHashSet<>(ids);
    named.addAll(open.find("email", emails));
    named.addAll(failed(open));
    return new TransformOptions(
        List.copyOf(named),
        Optional.ofNullable(from),
        limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
        batchSize == null ? OptionalInt.empty() : OptionalInt.of(batchSize),
        open.project().project().run().workers().orElse(workers));
  }

  /** What the run has set aside. */
  private List<String> failed(OpenTransform open) {
    RunReference run = failedOf;
    if (run == null) {
      return List.of();
    }
    requireOwn(open, run);
    List<String> failed =
        OpenJournal.request(
            open.project(),
            session ->
                new Progress(session, run.id())
                    .allSetAside().stream()
                        .map(
                            run.toString().equals(String.valueOf(run.id()))
                                ? Key::flag
                                : Key::toString)
                        .toList());
    if (failed.isEmpty()) {
      throw UsageErrors.usage(
          "Run " + run + " has refused no document, and none failed in it.",
          "Look at it with: plumb show " + run);
    }
    return failed;
  }

  /** A run of another transform has set other documents aside. */
  private void requireOwn(OpenTransform open, RunReference run) {
    boolean named = open.runName(run.id()).equals(run.toString());
    if (named) {
      OpenJournal.requireRun(open.project(), run);
    }
    if (!named || !name.equals(invariant(open, run))) {
      throw UsageErrors.usage(
          "Run " + run + " is no run of the transform " + name + ".",
          "List the runs with: plumb runs");
    }
  }

  private static String invariant(OpenTransform open, RunReference run) {
    return OpenJournal.request(
        open.project(), session -> new Journal(session).find(run.id()).plan().invariant());
  }

  private ExitCode plan(OpenTransform open, TransformOptions options) {
    Path folder = out == null ? open.journal().planFolder(name) : out;
    RunProgress progress = progress(open, 0);
    TransformPlan plan;
    try {
      plan =
          open.transforming()
              .plan(options, Optional.of(RunFolder.emptied(folder)), progress::looked);
    } finally {
      progress.end();
    }
    if (invocation.json()) {
      print(TransformJson.plan(open.project().project().name(), plan));
    } else {
      print(TransformText.plan(plan, invocation.style()));
      if (plan.tally().transformed() > 0) {
        print("No document was written. To do it, add --commit.\n");
      }
    }
    return plan.exitCode();
  }

  private ExitCode commit(OpenTransform open, TransformOptions options) {
    Transforming transforming = open.transforming();
    try (RunProbes probes = new RunProbes(invocation, open.probes())) {
      TransformTurn turn = new TransformTurn(invocation, open, transforming, probes);
      probes.before();
      long run = transforming.begin(options);
      if (open.probes().isPresent()) {
        Run begun = OpenJournal.request(open.project(), session -> new Journal(session).find(run));
        probes.begun(RunProbes.place(open.folder(run), begun));
      }
      return turn.take(run, "transform", open.documents());
    }
  }

  private RunProgress progress(OpenTransform open, long documents) {
    return progress(invocation, open, documents);
  }

  static RunProgress progress(Invocation invocation, OpenTransform open, long documents) {
    return new RunProgress(
        invocation.terminal().err(),
        invocation.terminal().redraws(),
        documents,
        System::nanoTime,
        "documents",
        open::requests);
  }

  private void print(String text) {
    invocation.terminal().out().print(text);
  }
}
