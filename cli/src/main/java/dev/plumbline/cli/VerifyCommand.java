package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.layout.Tool;
import dev.plumbline.project.MigrationFolder;
import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.project.TrackerSetting;
import dev.plumbline.report.VerifyJson;
import dev.plumbline.report.VerifyText;
import dev.plumbline.verify.Declarations;
import dev.plumbline.verify.RecordMove.Direction;
import dev.plumbline.verify.Records;
import dev.plumbline.verify.Verification;
import dev.plumbline.verify.Verifier;
import dev.plumbline.verify.Verifier.Further;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code plumb verify}: what is recorded against what is there. */
@picocli.CommandLine.Command(
    name = "verify",
    description = {
      "Holds what the applied migrations say against what is in the database: Plumbline's own and"
          + " those of other tools, whose tables it finds by itself. With --commit it makes true what"
          + " can be made so without taking anything away. It needs no plumb.yaml where --database is"
          + " given.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0: all that is claimed is true. 1: something could not be looked at, or is odd.",
      "2: a claim is not true, or a migration is half done.",
      "",
      "  plumb verify",
      "  plumb verify --database jdbc:postgresql://localhost/shop --files db/migration",
      "  plumb verify --exact --unclaimed",
      "  plumb verify --against staging",
      "  plumb verify --reset-to 5d2f8c1a9e37 --commit"
    })
final class VerifyCommand implements Command {
  private final Invocation invocation;

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description =
          "Where the other tool's migrations are (default: plumb.yaml's, else its usual place).")
  List<Path> files = List.of();

  @Option(
      names = "--tool",
      paramLabel = "TOOL",
      description = "Look at this tool's record only, such as flyway or alembic.")
  @Nullable String tool;

  @Option(
      names = "--unclaimed",
      description = "List what is in the database and no migration claims, too.")
  boolean unclaimed;

  @Option(
      names = "--against",
      paramLabel = "ENV|FILE",
      description =
          "Compare the catalogue with another environment's, or with one that --save wrote.")
  @Nullable String against;

  @Option(
      names = "--exact",
      description =
          "Replay the migrations on a scratch PostgreSQL of the same version, and compare the"
              + " catalogues, object by object.")
  boolean exact;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Write the catalogue to a file, for --against, and do no more.")
  @Nullable Path save;

  @Option(
      names = "--learn",
      paramLabel = "FILE",
      description =
          "Write an `exist` invariant of all that no migration claims, for review, and do no more:"
              + " from a database that is known to be good.")
  @Nullable Path learn;

  @Option(
      names = "--reset-to",
      paramLabel = "REVISION",
      description =
          "Plan to move the tool's record back to this revision, which must be true; base: to before"
              + " the first.")
  @Nullable String resetTo;

  @Option(
      names = "--mark",
      paramLabel = "REVISION",
      description =
          "Plan to move the tool's record forward to this revision, if all claims up to it are"
              + " true.")
  @Nullable String mark;

  @Option(
      names = "--commit",
      description = "Does what was planned. Without this nothing is written.")
  boolean commit;

  VerifyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Project project =
        ProjectReader.readOrOnlyDatabase(invocation.directory(), invocation.readOptions());
    requireOneOf();
    try (OpenProject open = OpenProject.of(project)) {
      if (resetTo != null) {
        return runs(open).move(Direction.BACK, resetTo, commit);
      }
      if (mark != null) {
        return runs(open).move(Direction.FORWARD, mark, commit);
      }
      if (save != null) {
        return new Catalogues(invocation, open).save(save);
      }
      if (learn != null) {
        return new Catalogues(invocation, open).learn(verifier(open), learn);
      }
      return commit ? runs(open).recover() : look(open);
    }
  }

  /** What does one thing alone takes no other along. */
  private void requireOneOf() {
    List<String> alone = new ArrayList<>();
    add(alone, "--reset-to", resetTo != null);
    add(alone, "--mark", mark != null);
    add(alone, "--save", save != null);
    add(alone, "--learn", learn != null);
    add(alone, "--against", against != null);
    add(alone, "--exact", exact);
    if (alone.size() > 1) {
      throw UsageErrors.usage(
          String.join(" and ", alone) + " do different things.", "Give one of them.");
    }
    boolean looks = unclaimed || exact || against != null || save != null || learn != null;
    if (commit && looks) {
      throw UsageErrors.usage(
          "--commit makes claims true, or moves a record; it has no meaning here.",
          "Leave one of the two out.");
    }
  }

  private static void add(List<String> alone, String option, boolean given) {
    if (given) {
      alone.add(option);
    }
  }

  private VerifyRuns runs(OpenProject open) {
    return new VerifyRuns(invocation, open, verifier(open));
  }

  private ExitCode look(OpenProject open) {
    Further further =
        new Further(
            unclaimed,
            Optional.ofNullable(against).map(new Catalogues(invocation, open)::other),
            exact ? Optional.of(new ScratchServers()) : Optional.empty());
    Verification verification =
        invocation.waiting("looking at the catalogue", () -> verifier(open).verify(further));
    invocation
        .terminal()
        .out()
        .print(
            invocation.json()
                ? VerifyJson.of(verification)
                : VerifyText.of(verification, invocation.style(), invocation.options().verbose));
    return verification.exitCode();
  }

  private Verifier verifier(OpenProject open) {
    Project project = open.project();
    Records records =
        new Records(
            project.directory(),
            settings(project),
            files,
            MigrationFolder.of(project),
            MigrationFolder.readable(project).migrations());
    return new Verifier(
        project.name(),
        open.database(),
        open.reading(),
        records,
        Declarations.among(project.invariants()));
  }

  /** The project's; those of one tool alone if it is named here. */
  private List<TrackerSetting> settings(Project project) {
    if (tool == null) {
      return project.trackers();
    }
    Tool named =
        Tool.named(tool)
            .orElseThrow(
                () ->
                    UsageErrors.usage(
                        "Plumbline knows no tool `" + tool + "`.",
                        "Tools are " + String.join(", ", Tool.words()) + "."));
    List<TrackerSetting> ofProject =
        project.trackers().stream().filter(setting -> setting.tool() == named).toList();
    return ofProject.isEmpty()
        ? List.of(new TrackerSetting(named, Optional.empty(), List.of()))
        : ofProject;
  }
}
