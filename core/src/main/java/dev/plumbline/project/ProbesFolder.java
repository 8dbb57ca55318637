package dev.plumbline.project;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.error.Suggestion;
import dev.plumbline.probe.Probes;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A project's {@code probes/}: files that transforms and migrations name. They are read when they
 * are used: where the service is need not be known to look at a plan.
 */
public final class ProbesFolder {
  private final Path folder;

  /**
   * @param project the project's directory
   */
  public ProbesFolder(Path project) {
    this.folder = project.resolve("probes").normalize();
  }

  /** Whether there are probes with this name. */
  public boolean has(String name) {
    return names().contains(name);
  }

  /**
   * Reads the probes with this name, with the variables filled in.
   *
   * @throws ProjectException with everything that is wrong in the file, or if there is none
   */
  public Probes read(String name, ReadOptions options) {
    Path file =
        files().stream()
            .filter(path -> InvariantReader.name(path).equals(name))
            .findFirst()
            .orElseThrow(() -> wrong(path(name), unknown(name), suggestion(name)));
    try {
      return ProbesReader.read(file, Files.readString(file), options);
    } catch (CharacterCodingException e) {
      throw wrong(file, "the file is not in UTF-8", "Save it in UTF-8.");
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** What is wrong with a name that no file has. */
  static String unknown(String name) {
    return "there is no `" + name + "` in probes/";
  }

  /** What to write instead of it. */
  String suggestion(String name) {
    List<String> names = names();
    return names.isEmpty()
        ? "Write probes/" + name + ".yaml first."
        : Suggestion.sentence(name, names);
  }

  private Path path(String name) {
    return folder.resolve(name + ".yaml");
  }

  private List<String> names() {
    return files().stream().map(InvariantReader::name).toList();
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.toString().matches(".*\\.ya?ml") && Files.isRegularFile(entry))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static ProjectException wrong(Path file, String what, String suggestion) {
    return new ProjectException(
        List.of(
            new Problem(
                new Position(file, 1, 1),
                what,
                String.valueOf(file.getFileName()),
                Optional.of(suggestion))));
  }

  private static PlumblineException unreadable(Path path, IOException cause) {
    return new PlumblineException(
        ErrorCode.DENIED,
        "The operating system does not let Plumbline read " + path + ": " + cause.getMessage(),
        "Nothing was looked at or changed.",
        "Check the path and its permissions, then run the command again.",
        cause);
  }
}
