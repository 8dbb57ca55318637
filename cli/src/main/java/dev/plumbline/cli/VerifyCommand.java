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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code plumb verify}: what is recorded against what is there. */
@picocli.CommandLine.Command(
    name = "verify",
    description = {
      "Holds what the applied migrations say against what is in the database: Plumbline's own and"
          + " those of other tools, whose tables it finds by itself. It only reads, and needs no"
          + " plumb.yaml where --database is given.",
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
      names = "--reset-to",
      paramLabel = "REVISION",
      description = "Plan to move the tool's record back to this revision, which must be true.")
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
    if (resetTo != null && mark != null) {
      throw UsageErrors.usage(
          "--reset-to and --mark move a record in opposite directions.", "Give one of the two.");
    }
    try (OpenProject open = OpenProject.of(project)) {
      if (resetTo != null) {
        return new VerifyMoves(invocation, open, verifier(open))
            .move(Direction.BACK, resetTo, commit);
      }
      if (mark != null) {
        return new VerifyMoves(invocation, open, verifier(open))
            .move(Direction.FORWARD, mark, commit);
      }
      return look(open);
    }
  }

  private ExitCode look(OpenProject open) {
    Verification verification =
        invocation.waiting("looking at the catalogue", () -> verifier(open).verify());
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
