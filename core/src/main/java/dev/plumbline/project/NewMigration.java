package dev.plumbline.project;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.migration.MigrationName;
import dev.plumbline.project.MigrationTemplate.Purpose;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A migration that is not written yet: its file in the project's {@code migrations/}, and the
 * template's text. Used by one thread.
 */
public record NewMigration(Path file, String text) {
  private static final Pattern NAME =
      Pattern.compile("\\w[\\w-]*", Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * Chooses the file, after those that are there.
   *
   * @param name as a person says it; spaces become underscores
   * @throws PlumblineException (usage) if that is no name, or a migration has it
   */
  public static NewMigration of(Project project, String name, List<Purpose> purposes, Clock clock) {
    String written = name.strip().replaceAll("\\s+", "_");
    if (!NAME.matcher(written).matches()) {
      throw usage(
          "`" + name + "` is no name for a migration.",
          "Write it with letters, digits, `_` and `-`, such as: plumb new fill_total_lessons");
    }
    Path folder = MigrationFolder.of(project);
    List<String> files = files(folder);
    sameName(files, written).ifPresent(file -> refuse(folder.resolve(file)));
    return new NewMigration(
        folder.resolve(NextVersion.after(files, clock) + written + ".sql"),
        MigrationTemplate.of(written, purposes));
  }

  private static List<String> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw denied("read " + folder, e);
    }
  }

  private static Optional<String> sameName(List<String> files, String name) {
    return files.stream()
        .filter(file -> MigrationName.of(file).filter(n -> n.name().equals(name)).isPresent())
        .findFirst();
  }

  private static void refuse(Path file) {
    throw usage(
        "There is a migration of that name: " + file + ".",
        "Go on with that one, or choose another name.");
  }

  /**
   * Writes the file.
   *
   * @throws PlumblineException (usage) if it has appeared meanwhile; (denied) if the operating
   *     system does not let it be written
   */
  public void write() {
    try {
      Files.createDirectories(folder());
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw usage(file + " is there already.", "Run the command again for the next version.");
    } catch (IOException e) {
      throw denied("write " + file, e);
    }
  }

  private Path folder() {
    return Optional.ofNullable(file.getParent()).orElse(Path.of(""));
  }

  private static PlumblineException usage(String what, String next) {
    return new PlumblineException(ErrorCode.USAGE, what, "No file was written.", next);
  }

  private static PlumblineException denied(String what, IOException cause) {
    return new PlumblineException(
        ErrorCode.DENIED,
        "The operating system does not let Plumbline " + what + ": " + FileRefusal.of(cause),
        "No file was written.",
        "Check the path and its permissions, then run the command again.",
        cause);
  }
}
