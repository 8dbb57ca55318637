package dev.plumbline.project;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.Suggestion;
import dev.plumbline.project.SettingsReader.Section;
import dev.plumbline.project.SettingsReader.Settings;
import dev.plumbline.project.YamlNode.Scalar;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the database: the flag {@code --database}, then the database of the environment that the
 * flag {@code --env} names, then the variable {@code PLUMB_DATABASE_URL}, then {@code database} in
 * the file.
 */
final class DatabaseChoice {
  static final String VARIABLE = "PLUMB_DATABASE_URL";
  private static final String EMBEDDED = "embedded:postgres";
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String ALLOWED =
      "Write embedded:postgres, jdbc:postgresql://host/database or jdbc:sqlite:file.db.";

  private final ProjectFile file;
  private final ReadOptions options;
  private final Path directory;

  DatabaseChoice(ProjectFile file, ReadOptions options, Path directory) {
    this.file = file;
    this.options = options;
    this.directory = directory;
  }

  /** The environment that {@code --env} names, which must be in the file. */
  Optional<Environment> environment(Settings settings) {
    return options
        .environment()
        .map(name -> new Environment(name, section(settings, name).isProtected()));
  }

  private static Section section(Settings settings, String name) {
    Section section = settings.environments().get(name);
    if (section != null) {
      return section;
    }
    throw new PlumblineException(
        ErrorCode.USAGE,
        "There is no environment `" + name + "` in plumb.yaml.",
        "Nothing was looked at or changed.",
        settings.environments().isEmpty()
            ? "Add it under `environments:`, or leave --env out."
            : Suggestion.sentence(name, List.copyOf(settings.environments().keySet())));
  }

  /** The database; empty, with a problem in the file, if none is named or the one named is none. */
  Optional<DatabaseSetting> database(Settings settings) {
    Optional<Scalar> ofEnvironment =
        options.environment().flatMap(name -> section(settings, name).database());
    String variable = options.variables().getOrDefault(VARIABLE, "");
    if (options.databaseFlag().isPresent()) {
      return Optional.of(given(options.databaseFlag().get(), "--database"));
    }
    if (ofEnvironment.isPresent()) {
      return written(ofEnvironment.get());
    }
    if (!variable.isEmpty()) {
      return Optional.of(given(variable, VARIABLE));
    }
    if (settings.database().isPresent()) {
      return written(settings.database().get());
    }
    Problem none = none(file.path());
    file.problem(none.position(), none.what(), none.text(), none.suggestion().orElse(""));
    return Optional.empty();
  }

  /** Nowhere is a database named. */
  static Problem none(Path file) {
    return new Problem(
        new Position(file, 1, 1),
        "no database is named, and this command needs one",
        "",
        Optional.of("Add such as `database: ${PLUMB_DATABASE_URL:-embedded:postgres}`."));
  }

  /** Whether one is named anywhere, be it one that can be used or not. */
  boolean isNamed(Settings settings) {
    return options.databaseFlag().isPresent()
        || options.environment().flatMap(name -> section(settings, name).database()).isPresent()
        || !options.variables().getOrDefault(VARIABLE, "").isEmpty()
        || settings.database().isPresent();
  }

  private static DatabaseSetting given(String url, String origin) {
    if (isKnown(url)) {
      return new DatabaseSetting(url, origin);
    }
    throw new PlumblineException(
        ErrorCode.USAGE,
        origin + " names no database that Plumbline knows: " + DatabaseSetting.redact(url),
        "Nothing was looked at or changed.",
        suggestion(url));
  }

  private Optional<DatabaseSetting> written(Scalar scalar) {
    Optional<YamlNode> filled = new Variables(file, options.variables()).fill(scalar);
    if (filled.isEmpty() || !(filled.get() instanceof Scalar address)) {
      return Optional.empty();
    }
    String url = address.value().strip();
    if (isKnown(url)) {
      return Optional.of(new DatabaseSetting(besideTheFile(url), scalar.start().toString()));
    }
    file.problem(
        scalar.start(),
        "this is no database that Plumbline knows: " + DatabaseSetting.redact(url),
        DatabaseSetting.redact(scalar.value()),
        suggestion(url));
    return Optional.empty();
  }

  private static boolean isKnown(String url) {
    return url.equals(EMBEDDED)
        || url.matches("jdbc:postgresql:.+")
        || url.matches("jdbc:sqlite:.+");
  }

  private static String suggestion(String url) {
    return url.matches("postgres(ql)?://.*")
        ? "Write jdbc:postgresql://host/database, with user and password behind `?` as parameters."
        : ALLOWED;
  }

  /** A relative path in the file starts at the file, wherever the command was called. */
  private String besideTheFile(String url) {
    if (!url.startsWith(SQLITE)
        || url.substring(SQLITE.length()).matches("(:|file:|/|\\w:[\\\\/]).*")) {
      return url;
    }
    String path = url.substring(SQLITE.length()).replaceFirst("\\?.*", "");
    String parameters = url.substring(SQLITE.length() + path.length());
    return SQLITE + directory.resolve(path).normalize() + parameters;
  }
}
