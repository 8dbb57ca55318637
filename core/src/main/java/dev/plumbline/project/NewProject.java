package dev.plumbline.project;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes a project's files where they are not there yet; nothing is overwritten. */
public final class NewProject {
  private static final String SETTINGS = "plumb.yaml";
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String ANYWHERE = "embedded:postgres";

  private NewProject() {}

  /**
   * A file or directory of a project.
   *
   * @param isNew whether it was made now
   */
  public record Made(Path path, boolean isNew) {}

  public static boolean isProject(Path directory) {
    return Files.isRegularFile(directory.resolve(SETTINGS));
  }

  /**
   * Makes what is missing.
   *
   * @param database the database that the user has named, for {@code plumb.yaml}; one with
   *     credentials is left out of the file
   * @throws PlumblineException (denied) if the operating system does not let it be made
   */
  public static List<Made> make(Path directory, Optional<String> database) {
    List<Made> made = new ArrayList<>();
    try {
      Files.createDirectories(directory.toAbsolutePath());
      made.add(settings(directory, database));
      made.add(folder(directory.resolve("invariants").normalize()));
      made.add(folder(directory.resolve("migrations").normalize()));
    } catch (IOException e) {
      throw new PlumblineException(
          ErrorCode.DENIED,
          "The operating system does not let Plumbline make a project in "
              + directory.toAbsolutePath().normalize()
              + ": "
              + FileRefusal.of(e),
          "No file was overwritten.",
          "Check the path and its permissions, then run the command again.",
          e);
    }
    return List.copyOf(made);
  }

  private static Made settings(Path directory, Optional<String> database) throws IOException {
    Path file = directory.resolve(SETTINGS).normalize();
    if (Files.exists(file)) {
      return new Made(file, false);
    }
    Files.writeString(file, text(directory, database), StandardOpenOption.CREATE_NEW);
    return new Made(file, true);
  }

  private static Made folder(Path folder) throws IOException {
    boolean isNew = !Files.isDirectory(folder);
    Files.createDirectories(folder);
    return new Made(folder, isNew);
  }

  private static String text(Path directory, Optional<String> database) {
    String fallback = database.map(url -> fallback(directory, url)).orElse(":-" + ANYWHERE);
    return """
    project: %s
    # embedded:postgres, which Plumbline brings along; jdbc:postgresql://HOST:5432/DATABASE; or
    # jdbc:sqlite:FILE. User and password belong into the variable, behind the address:
    # jdbc:postgresql://HOST:5432/DATABASE?user=NAME&password=WORD
    database: ${PLUMB_DATABASE_URL%s}
    """
        .formatted(name(directory), fallback);
  }

  /** An address that may hold a password, or a brace that ends the variable, is no default. */
  private static String fallback(Path directory, String url) {
    if (!url.matches("[^?@{}\\s#'\"]+")) {
      return "";
    }
    return ":-" + (url.startsWith(SQLITE) ? SQLITE + file(directory, url) : url);
  }

  /** A relative path in plumb.yaml begins there, one on the command line where the user is. */
  private static String file(Path directory, String url) {
    String written = url.substring(SQLITE.length());
    if (written.startsWith(":") || written.startsWith("file:")) {
      return written;
    }
    Path home = directory.toAbsolutePath().normalize();
    Path file = Path.of(written).toAbsolutePath().normalize();
    return (file.startsWith(home) ? home.relativize(file) : file).toString();
  }

  private static String name(Path directory) {
    Path last = directory.toAbsolutePath().normalize().getFileName();
    String name =
        String.valueOf(last == null ? "" : last)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return name.matches("[a-z].*") ? name : "project" + (name.isEmpty() ? "" : "-" + name);
  }
}
