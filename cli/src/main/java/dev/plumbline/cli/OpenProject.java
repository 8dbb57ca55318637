package dev.plumbline.cli;

import dev.plumbline.backup.Backup;
import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Settings;
import dev.plumbline.project.Environment;
import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.transform.DocumentsJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A project and its database, ready to be worked with. Closing it ends this use of the embedded
 * PostgreSQL, if that is the database. For one thread.
 */
final class OpenProject implements AutoCloseable {
  private static final String EMBEDDED = "embedded:postgres";

  /** Nobody else writes to the journal of documents, so its writers may wait for each other. */
  private static final Duration OWN_JOURNAL = Duration.ofSeconds(30);

  private static final String SQLITE = "jdbc:sqlite:";

  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger POSTGRES_DRIVER = Logger.getLogger("org.postgresql");

  private final Project project;
  private final JdbcUrl url;
  private final Database database;
  private final Optional<EmbeddedDatabase> embedded;

  private OpenProject(Project project, JdbcUrl url, Optional<EmbeddedDatabase> embedded) {
    this.project = project;
    this.url = url;
    this.database = Database.of(url);
    this.embedded = embedded;
  }

  /**
   * The same for what is about one run: with the journal that it is in.
   *
   * @throws PlumblineException (usage) if there is no such journal
   */
  static OpenProject of(Invocation invocation, RunReference run) {
    if (!run.documents()) {
      return orOnlyDatabase(invocation);
    }
    Project project =
        ProjectReader.readForDocuments(invocation.directory(), invocation.readOptions());
    if (!new DocumentsJournal(project.directory()).exists()) {
      throw UsageErrors.usage(
          "There is no run " + run + ": no documents were ever written from here.",
          "List the runs with: plumb runs");
    }
    return documents(project);
  }

  /**
   * The project with the journal of its documents outside of a database; its own database, if it
   * has one, is left alone, and need not be reachable.
   */
  static OpenProject documents(Project project) {
    return new OpenProject(
        project, new DocumentsJournal(project.directory()).url(), Optional.empty());
  }

  /**
   * Reads the project's files and finds its database.
   *
   * @throws PlumblineException if the files are wrong or there is no such database
   */
  static OpenProject of(Invocation invocation) {
    return of(ProjectReader.read(invocation.directory(), invocation.readOptions()));
  }

  /** The same for what needs no more than the database: what a run did is in there. */
  static OpenProject orOnlyDatabase(Invocation invocation) {
    return of(ProjectReader.readOrOnlyDatabase(invocation.directory(), invocation.readOptions()));
  }

  /** Whether opening the project would only make a database that is not there yet. */
  static boolean wouldMakeDatabase(Project project) {
    return project.namedDatabase().filter(named -> named.url().equals(EMBEDDED)).isPresent()
        && !EmbeddedDatabase.exists(project.directory());
  }

  /** The same for a project that was read already. */
  static OpenProject of(Project project) {
    // The driver would write to standard error what the errors of Plumbline say in their own words.
    POSTGRES_DRIVER.setLevel(Level.OFF);
    String url = project.database().url();
    if (url.equals(EMBEDDED)) {
      EmbeddedDatabase embedded = EmbeddedDatabase.of(project.directory(), project.name());
      return new OpenProject(project, embedded.url(), Optional.of(embedded));
    }
    requireFile(url);
    return new OpenProject(project, JdbcUrl.parse(url), Optional.empty());
  }

  /** SQLite would make an empty database where none is, and every count would be of nothing. */
  private static void requireFile(String url) {
    if (!url.startsWith(SQLITE)) {
      return;
    }
    String name = url.substring(SQLITE.length()).replaceFirst("\\?.*", "");
    boolean isPath = !name.isEmpty() && !name.startsWith(":") && !name.startsWith("file:");
    if (isPath && !Files.isRegularFile(Path.of(name))) {
      throw new PlumblineException(
          ErrorCode.UNREACHABLE,
          "There is no database " + Path.of(name).toAbsolutePath().normalize() + ".",
          "Nothing was made: an empty database would seem to be in order.",
          "Check the path; one in plumb.yaml starts at plumb.yaml, one on the command line where"
              + " you are.");
    }
  }

  Project project() {
    return project;
  }

  Database database() {
    return database;
  }

  /** The PostgreSQL that Plumbline brings along, where that is the project's database. */
  Optional<EmbeddedDatabase> embedded() {
    return embedded;
  }

  /**
   * The backup that is taken before a change, where the project wants one.
   *
   * @param environment where programs are looked for
   */
  Optional<Backup> backup(Map<String, String> environment) {
    return project
        .backup()
        .map(
            place ->
                new Backup(
                    url,
                    place,
                    project.name() + project.environment().map(e -> "-" + e.name()).orElse(""),
                    environment,
                    new EmbeddedScratch(),
                    Clock.systemUTC()));
  }

  /** The limits for audits: the project's, where it names them. */
  Timeouts reading() {
    return new Timeouts(
        project.run().lockTimeout().orElse(Timeouts.READING.lock()),
        project.run().statementTimeout().orElse(Timeouts.READING.statement()));
  }

  /** How runs behave here: as the project says, else as is standard. */
  Settings settings() {
    Settings standard = Settings.standard();
    Timeouts writing = standard.writing();
    return new Settings(
        new Timeouts(
            ownJournal() ? OWN_JOURNAL : project.run().lockTimeout().orElse(writing.lock()),
            project.run().statementTimeout().orElse(writing.statement())),
        reading(),
        project.run().lease(),
        project.run().batchTarget().orElse(standard.target()));
  }

  private boolean ownJournal() {
    return url.url().equals(new DocumentsJournal(project.directory()).url().url());
  }

  /**
   * @throws PlumblineException (denied) where the environment is protected
   */
  void requireMayCommit() {
    Optional<Environment> guarded = project.environment().filter(Environment::isProtected);
    if (guarded.isPresent()) {
      throw new PlumblineException(
          ErrorCode.DENIED,
          "The environment "
              + guarded.get().name()
              + " is protected: nothing is committed to it"
              + " without a rehearsal and an approval, and there are none.",
          "Nothing was written.",
          "Look at the plan without --commit. Whoever answers for the environment can take"
              + " `protected` out of plumb.yaml.");
    }
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedDatabase::close);
  }
}
