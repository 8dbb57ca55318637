package dev.plumbline.cli;

import dev.plumbline.database.Timeouts;
import dev.plumbline.error.ExitCode;
import dev.plumbline.project.NewProject;
import dev.plumbline.project.NewProject.Made;
import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.proposal.Proposed;
import dev.plumbline.proposal.ProposedFiles;
import dev.plumbline.proposal.Proposer;
import dev.plumbline.report.InitJson;
import dev.plumbline.report.InitText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code plumb init}: a project's files, and invariants that its database suggests. */
@picocli.CommandLine.Command(
    name = "init",
    description = {
      "Makes plumb.yaml, invariants/ and migrations/ where they are missing. Where a database is"
          + " known it is looked at, only reading, and invariants are proposed with what violates"
          + " them now; none is switched on.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false,
    footer = {
      "",
      "  plumb init",
      "  plumb init --database jdbc:postgresql://localhost:5432/campus"
    })
final class InitCommand implements Command {
  private static final String VARIABLE = "PLUMB_DATABASE_URL";

  /** What one count may take: this is a first look, not an audit. */
  private static final Duration COUNT = Duration.ofSeconds(10);

  private final Invocation invocation;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "Where (default: --project, else the current directory).")
  @Nullable Path directory;

  InitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Path place = directory == null ? invocation.directory() : directory;
    boolean wasProject = NewProject.isProject(place);
    requireEnvironment(wasProject);
    List<Made> made = NewProject.make(place, Optional.ofNullable(invocation.options().database));
    text(InitText.made(made, invocation.style()));
    boolean known =
        wasProject
            || invocation.options().database != null
            || !invocation.environment().getOrDefault(VARIABLE, "").isEmpty();
    if (known) {
      propose(place, made);
    } else {
      json(made, Optional.empty(), List.of());
      text(InitText.noDatabase(Optional.ofNullable(directory), invocation.style()));
    }
    return ExitCode.OK;
  }

  private void requireEnvironment(boolean wasProject) {
    if (invocation.options().env != null && !wasProject) {
      throw UsageErrors.usage(
          "There is no plumb.yaml yet, so there are no environments.",
          "Make the project first: plumb init");
    }
  }

  private void propose(Path place, List<Made> made) {
    Project project = ProjectReader.read(place, invocation.readOptions());
    try (OpenProject open = OpenProject.of(project)) {
      Proposer proposer = new Proposer(open.database(), new Timeouts(open.reading().lock(), COUNT));
      List<Proposed> proposals =
          invocation.waiting(
              "looking at the database", () -> proposer.propose(project.invariants()));
      Path folder = proposals.isEmpty() ? place : ProposedFiles.write(place, proposals);
      String database = open.database().label();
      json(made, Optional.of(database), proposals);
      text(InitText.proposals(database, folder, proposals, invocation.style()));
    }
  }

  private void json(List<Made> made, Optional<String> database, List<Proposed> proposals) {
    if (invocation.json()) {
      invocation.terminal().out().print(InitJson.of(made, database, proposals));
    }
  }

  private void text(String text) {
    if (!invocation.json()) {
      invocation.terminal().out().print(text);
      invocation.terminal().out().flush();
    }
  }
}
