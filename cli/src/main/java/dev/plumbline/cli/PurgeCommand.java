package dev.plumbline.cli;

import dev.plumbline.database.Session;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.NewRun.Kind;
import dev.plumbline.journal.Purge;
import dev.plumbline.journal.Run;
import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.project.TransformFolder;
import dev.plumbline.report.PurgeJson;
import dev.plumbline.report.PurgeText;
import dev.plumbline.transform.DocumentsJournal;
import dev.plumbline.transform.DryRuns;
import dev.plumbline.transform.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code plumb purge}: which before-images have been kept long enough; with --commit they go. */
@picocli.CommandLine.Command(
    name = "purge",
    description = {
      "Shows which runs' before-images have been kept long enough: those of runs that ended more"
          + " than 30 days ago, or what `keep` says in a transform's file, and the snapshots of dry"
          + " runs that are as old. With --commit they go, and those runs can no longer be taken"
          + " back; the runs themselves stay in the journal.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {"", "  plumb purge", "  plumb purge --keep 90d --commit"})
final class PurgeCommand implements Command {
  private static final Pattern KEEP = Pattern.compile("([0-9]{1,5})([dh])");

  private final Invocation invocation;

  @Option(names = "--commit", description = "Does it. Without this nothing goes.")
  boolean commit;

  @Option(
      names = "--keep",
      paramLabel = "TIME",
      description = "How long they are kept after a run's end, in days or hours, such as 90d.")
  @Nullable String keep;

  private final Map<String, Duration> keeps = new HashMap<>();

  PurgeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Project project = ProjectReader.readForRuns(invocation.directory(), invocation.readOptions());
    requireMayCommit(project);
    DocumentsJournal documents = new DocumentsJournal(project.directory());
    List<Purge.Plan> plans = new ArrayList<>();
    if (project.namedDatabase().isPresent() && !OpenProject.wouldMakeDatabase(project)) {
      try (OpenProject open = OpenProject.of(project)) {
        plans.add(purge(open));
      }
    }
    if (documents.exists()) {
      try (OpenProject open = OpenProject.documents(project)) {
        Purge.Plan plan = purge(open);
        plans.add(plan);
        if (commit) {
          plan.items().forEach(item -> forgetSnapshots(documents.runFolder(item.run().name())));
          documents.compact();
        }
      }
    }
    DryRuns.Plan dryRuns = documents.dryRuns().plan(name -> keep(project, name), Instant.now());
    if (commit) {
      dryRuns.items().forEach(documents.dryRuns()::forget);
    }
    print(project, plans, dryRuns);
    return ExitCode.OK;
  }

  private void requireMayCommit(Project project) {
    try (OpenProject files = OpenProject.documents(project)) {
      if (commit) {
        files.requireMayCommit();
      }
    }
  }

  private Purge.Plan purge(OpenProject open) {
    Purge.Plan plan = plan(open);
    if (commit && !plan.items().isEmpty()) {
      OpenJournal.request(
          open,
          session -> {
            Purge purge = new Purge(session);
            plan.items().forEach(purge::carryOut);
            return true;
          });
    }
    return plan;
  }

  private Purge.Plan plan(OpenProject open) {
    try (Session session = open.database().openForReading(open.reading())) {
      Journal journal = new Journal(session);
      return session.transaction(
          () -> new Purge(session).plan(run -> keep(open, journal, run), Instant.now()));
    }
  }

  private Duration keep(OpenProject open, Journal journal, Run run) {
    if (keep != null) {
      return keepFlag(keep);
    }
    Run origin = OpenJournal.origin(journal, run);
    return origin.plan().kind() == Kind.TRANSFORM
        ? keeps.computeIfAbsent(origin.plan().invariant(), name -> keptBy(open.project(), origin))
        : Transform.DEFAULT_KEEP;
  }

  /** Of a dry run, as the transform's file has it now. */
  private Duration keep(Project project, String transform) {
    if (keep != null) {
      return keepFlag(keep);
    }
    TransformFolder folder = new TransformFolder(project.directory());
    return folder.has(transform)
        ? folder.read(transform, invocation.readOptions()).transform().keep()
        : Transform.DEFAULT_KEEP;
  }

  /** As the file has it now; where it is gone, as it was when the run began. */
  private Duration keptBy(Project project, Run origin) {
    TransformFolder folder = new TransformFolder(project.directory());
    String name = origin.plan().invariant();
    return (folder.has(name)
            ? folder.read(name, invocation.readOptions())
            : folder.read(name, origin.plan().definition(), invocation.readOptions()))
        .transform()
        .keep();
  }

  private static Duration keepFlag(String text) {
    Matcher form = KEEP.matcher(text);
    if (!form.matches()) {
      throw UsageErrors.usage(
          "--keep is a number of days or hours; `" + text + "` is none.",
          "Write such as --keep 90d, or --keep 12h");
    }
    long number = Long.parseLong(form.group(1));
    return form.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
  }

  /** They hold what the journal's images held. */
  private static void forgetSnapshots(Path folder) {
    if (Files.isDirectory(folder)) {
      RunFolder.emptied(folder);
    }
  }

  private void print(Project project, List<Purge.Plan> plans, DryRuns.Plan dryRuns) {
    boolean some =
        !dryRuns.items().isEmpty() || plans.stream().anyMatch(plan -> !plan.items().isEmpty());
    invocation
        .terminal()
        .out()
        .print(
            invocation.json()
                ? PurgeJson.of(project.name(), plans, dryRuns, commit)
                : PurgeText.of(plans, dryRuns, commit, invocation.style())
                    + (some && !commit ? "Nothing was purged. To do it, add --commit.\n" : ""));
  }
}
