package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Run;
import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.report.RunJson;
import dev.plumbline.report.RunText;
import dev.plumbline.transform.DocumentsJournal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code plumb runs}: the journal, a line for each run. */
@picocli.CommandLine.Command(
    name = "runs",
    description = {
      "Lists all that Plumbline ever wrote in this database, and to documents elsewhere, newest first.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false)
final class RunsCommand implements Command {
  private final Invocation invocation;

  RunsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    Project project = ProjectReader.readForRuns(invocation.directory(), invocation.readOptions());
    List<Run> documents = ofDocuments(project);
    boolean nowhereElse =
        project.namedDatabase().isEmpty()
            || (!documents.isEmpty() && OpenProject.wouldMakeDatabase(project));
    if (nowhereElse) {
      print(project, new DocumentsJournal(project.directory()).url().label(), documents);
      return ExitCode.OK;
    }
    try (OpenProject open = OpenProject.of(project)) {
      List<Run> runs = new ArrayList<>(OpenJournal.ask(open, List.of(), Journal::list));
      runs.addAll(documents);
      runs.sort(Comparator.comparing(Run::createdAt).reversed());
      print(project, open.database().label(), runs);
      return ExitCode.OK;
    }
  }

  private static List<Run> ofDocuments(Project project) {
    DocumentsJournal journal = new DocumentsJournal(project.directory());
    if (!journal.exists()) {
      return List.of();
    }
    try (OpenProject open = OpenProject.documents(project)) {
      return OpenJournal.ask(open, List.of(), Journal::list);
    }
  }

  private void print(Project project, String database, List<Run> runs) {
    invocation
        .terminal()
        .out()
        .print(
            invocation.json()
                ? RunJson.list(project.name(), database, runs)
                : RunText.list(runs, invocation.style()));
  }
}
