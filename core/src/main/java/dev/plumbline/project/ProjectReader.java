package dev.plumbline.project;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.SettingsReader.Settings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a project's files: {@code plumb.yaml} and {@code invariants/}. Used by one thread. */
public final class ProjectReader {
  /** Where {@code plumb init} puts what nobody has switched on yet. */
  private static final String PROPOSED = "proposed";

  private final Path directory;
  private final ReadOptions options;
  private final Need need;
  private final List<Problem> problems = new ArrayList<>();

  /** What the work at hand wants of the project's database. */
  private enum Need {
    REQUIRED,
    IF_NAMED,
    NONE
  }

  private ProjectReader(Path directory, ReadOptions options, Need need) {
    this.directory = directory;
    this.options = options;
    this.need = need;
  }

  /** Where a project has its settings. */
  static Path file(Path directory) {
    return directory.resolve("plumb.yaml").normalize();
  }

  /**
   * Reads the project in a directory.
   *
   * @throws ProjectException with everything that is wrong in its files
   * @throws PlumblineException (project) if there is no project; (usage) if a flag names what is
   *     not there
   */
  public static Project read(Path directory, ReadOptions options) {
    return new ProjectReader(directory, options, Need.REQUIRED).read();
  }

  /** The same for documents outside of a database: none is looked for, and the project has none. */
  public static Project readForDocuments(Path directory, ReadOptions options) {
    return new ProjectReader(directory, options, Need.NONE).read();
  }

  /**
   * The same for what looks at all that was done: in the database, if one is named, and outside.
   */
  public static Project readForRuns(Path directory, ReadOptions options) {
    return Files.isRegularFile(file(directory))
        ? new ProjectReader(directory, options, Need.IF_NAMED).read()
        : readOrOnlyDatabase(directory, options);
  }

  /**
   * The same for a command that needs no more than a database: where no project is, but a database
   * is named, that is all there is to know, and the project has no name.
   */
  public static Project readOrOnlyDatabase(Path directory, ReadOptions options) {
    Path path = file(directory);
    boolean named =
        options.databaseFlag().isPresent()
            || !options.variables().getOrDefault(DatabaseChoice.VARIABLE, "").isEmpty();
    if (Files.isRegularFile(path) || !named) {
      return read(directory, options);
    }
    ProjectReader reader = new ProjectReader(directory, options, Need.REQUIRED);
    Optional<Project> project = reader.settings(ProjectFile.settings(path, "project: none\n"));
    if (!reader.problems.isEmpty()) {
      throw new ProjectException(reader.problems);
    }
    return project.orElseThrow().named("");
  }

  private Project read() {
    Path path = file(directory);
    if (!Files.isRegularFile(path)) {
      throw noProject();
    }
    Optional<Project> withoutInvariants =
        text(path).flatMap(text -> settings(ProjectFile.settings(path, text)));
    List<Invariant> invariants = invariants();
    if (!problems.isEmpty()) {
      throw new ProjectException(problems);
    }
    return withoutInvariants.orElseThrow().with(invariants);
  }

  private Optional<Project> settings(ProjectFile file) {
    Optional<Settings> settings = new SettingsReader(file, options).read();
    DatabaseChoice choice = new DatabaseChoice(file, options, directory);
    Optional<DatabaseSetting> database = settings.flatMap(read -> database(choice, read));
    problems.addAll(file.problems());
    return settings.map(
        read ->
            new Project(
                read.name(),
                directory,
                database,
                choice.environment(read),
                List.of(),
                read.run(),
                read.alerts(),
                read.trackers(),
                read.backup()));
  }

  private Optional<DatabaseSetting> database(DatabaseChoice choice, Settings settings) {
    boolean wanted =
        switch (need) {
          case REQUIRED -> true;
          case IF_NAMED -> choice.isNamed(settings);
          case NONE -> false;
        };
    return wanted ? choice.database(settings) : Optional.empty();
  }

  private PlumblineException noProject() {
    Path absolute = directory.toAbsolutePath().normalize();
    return new PlumblineException(
        ErrorCode.PROJECT,
        "There is no project in " + absolute + ": it holds no plumb.yaml.",
        "Nothing was looked at or changed.",
        """
        Make one there: plumb init
        Or name the directory of a project: plumb --project DIR …""");
  }

  private List<Invariant> invariants() {
    List<Invariant> invariants = new ArrayList<>();
    Map<String, Path> names = new HashMap<>();
    for (Path path : invariantFiles()) {
      Path first = names.putIfAbsent(InvariantReader.name(path), path);
      if (first != null) {
        problem(
            path,
            "two files give the invariant `" + InvariantReader.name(path) + "`",
            "Keep one of the two; the other is " + first + ".");
      }
      text(path)
          .flatMap(text -> invariant(ProjectFile.invariant(path, text)))
          .ifPresent(invariants::add);
    }
    invariants.sort(Comparator.comparing(Invariant::name));
    return invariants;
  }

  private Optional<Invariant> invariant(ProjectFile file) {
    Optional<Invariant> invariant = InvariantReader.read(file);
    problems.addAll(file.problems());
    return invariant;
  }

  /**
   * The files that may hold invariants, by name; what lies deeper would be overlooked, but for
   * proposals, which are meant to be.
   */
  private List<Path> invariantFiles() {
    Path folder = directory.resolve("invariants").normalize();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> entries = list(folder);
    for (Path entry : entries) {
      if (Files.isDirectory(entry) && !entry.endsWith(PROPOSED)) {
        problem(
            entry,
            "a directory within invariants/ is not read",
            "Put its files into invariants/ itself; a file's name is the invariant's name.");
      }
    }
    return entries.stream()
        .filter(entry -> entry.toString().matches(".*\\.ya?ml"))
        .filter(entry -> !Files.isDirectory(entry))
        .toList();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private Optional<String> text(Path path) {
    try {
      return Optional.of(Files.readString(path));
    } catch (CharacterCodingException e) {
      problem(path, "the file is not in UTF-8", "Save it in UTF-8.");
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** A problem of a file as a whole. */
  private void problem(Path path, String what, String suggestion) {
    problems.add(
        new Problem(
            new Position(path, 1, 1),
            what,
            String.valueOf(path.getFileName()),
            Optional.of(suggestion)));
  }

  private static PlumblineException unreadable(Path path, IOException cause) {
    return new PlumblineException(
        ErrorCode.DENIED,
        "The operating system does not let Plumbline read " + path + ": " + FileRefusal.of(cause),
        "Nothing was looked at or changed.",
        "Check the path and its permissions, then run the command again.",
        cause);
  }
}
