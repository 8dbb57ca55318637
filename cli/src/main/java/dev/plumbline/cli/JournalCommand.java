package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import dev.plumbline.journal.Journal;
import java.util.List;

/** {@code plumb journal}: the journal's DDL. */
@picocli.CommandLine.Command(
    name = "journal",
    description = {
      "Prints the SQL that makes the journal. The first --commit runs it by itself; this is for"
          + " databases where a DBA has to.",
      ""
    },
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    sortOptions = false)
final class JournalCommand implements Command {
  private final Invocation invocation;

  JournalCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode run() {
    if (invocation.json()) {
      throw UsageErrors.usage("The journal's SQL has no JSON form.", "Leave out --format json.");
    }
    try (OpenProject open = OpenProject.orOnlyDatabase(invocation)) {
      List<String> statements = Journal.ddl(open.database().dialect());
      statements.forEach(sql -> invocation.terminal().out().println(sql.strip() + ";\n"));
      return ExitCode.OK;
    }
  }
}
