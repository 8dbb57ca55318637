package dev.plumbline.cli;

import java.util.Locale;

/** The commands, in the order in which the help lists them. */
enum Commands {
  DEMO("Shows all of this on real databases, in a minute."),
  INIT("Makes a project, and proposes invariants from what its database holds."),
  NEW("Writes a migration from the template of six steps."),
  AUDIT("Counts and lists what violates the invariants. It only reads."),
  REPAIR("Plans what would make them hold; with --commit does it, in batches that can be undone."),
  ROLLBACK("Takes a run back, row by row, except where others have changed it since."),
  TRANSFORM("Plans a new shape for JSON documents; with --commit writes it, each proven."),
  LINT("Looks for what will go wrong in migrations. It runs nothing."),
  STATUS("Shows where the project stands: migrations, invariants, runs, guards."),
  MIGRATE("Plans the pending migrations; with --commit applies them, each step proven."),
  UNDO("Takes migrations back, their backfills included."),
  VERIFY("Holds what migrations say, of any tool, against what is in the database."),
  GUARD("Plans the triggers that keep an invariant true; with --commit installs them."),
  RUNS("Lists all that was ever written here, newest first."),
  SHOW("Shows one run: what it did, to which rows, by whom."),
  PAUSE("Asks a run to stop at the end of its batch."),
  RESUME("Goes on with a run that was paused, killed, or failed."),
  CANCEL("Ends a run for good; what it has changed stays."),
  PURGE("Plans which before-images have been kept long enough; with --commit they go."),
  JOURNAL("Prints the SQL that makes the journal, for a DBA to run."),
  POSTGRES("Keeps the project's own PostgreSQL up for psql and other programs."),
  /** Called by the launcher, not by people. */
  WARM_UP("");

  private final String summary;

  Commands(String summary) {
    this.summary = summary;
  }

  /** The word on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One line for the list of commands. */
  String summary() {
    return summary;
  }

  /** The command, with the options and parameters that it declares. */
  Command make(Invocation invocation) {
    return switch (this) {
      case DEMO -> new DemoCommand(invocation);
      case INIT -> new InitCommand(invocation);
      case NEW -> new NewCommand(invocation);
      case AUDIT -> new AuditCommand(invocation);
      case REPAIR -> new RepairCommand(invocation);
      case ROLLBACK -> new RollbackCommand(invocation);
      case TRANSFORM -> new TransformCommand(invocation);
      case LINT -> new LintCommand(invocation);
      case VERIFY -> new VerifyCommand(invocation);
      case GUARD -> new GuardCommand(invocation);
      case STATUS -> new StatusCommand(invocation);
      case MIGRATE -> new MigrateCommand(invocation);
      case UNDO -> new UndoCommand(invocation);
      case RUNS -> new RunsCommand(invocation);
      case SHOW -> new ShowCommand(invocation);
      case PAUSE -> new PauseCommand(invocation);
      case RESUME -> new ResumeCommand(invocation);
      case CANCEL -> new CancelCommand(invocation);
      case PURGE -> new PurgeCommand(invocation);
      case JOURNAL -> new JournalCommand(invocation);
      case POSTGRES -> new PostgresCommand(invocation);
      case WARM_UP -> new WarmUpCommand();
    };
  }
}
