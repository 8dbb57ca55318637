package dev.plumbline.project;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.error.Suggestion;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A project's {@code transforms/}: files found by their names. */
public final class TransformFolder {
  private final Path project;
  private final Path folder;

  /**
   * @param project the project's directory
   */
  public TransformFolder(Path project) {
    this.project = project;
    this.folder = project.resolve("transforms").normalize();
  }

  /**
   * Reads the transform with this name.
   *
   * @throws PlumblineException (usage) if there is none
   * @throws ProjectException with everything that is wrong in its file
   */
  public TransformFile read(String name, ReadOptions options) {
    Path file =
        files().stream()
            .filter(path -> InvariantReader.name(path).equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(name));
    try {
      return TransformReader.read(file, Files.readString(file), options, project);
    } catch (CharacterCodingException e) {
      throw new ProjectException(
          List.of(
              new Problem(
                  new Position(file, 1, 1),
                  "the file is not in UTF-8",
                  String.valueOf(file.getFileName()),
                  Optional.of("Save it in UTF-8."))));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Whether there is a transform with this name. */
  public boolean has(String name) {
    return files().stream().anyMatch(path -> InvariantReader.name(path).equals(name));
  }

  /** The same by a text that a journal keeps, whatever has become of the file. */
  public TransformFile read(String name, String text, ReadOptions options) {
    return TransformReader.read(folder.resolve(name + ".yaml"), text, options, project);
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

  private PlumblineException unknown(String name) {
    List<String> names = files().stream().map(InvariantReader::name).toList();
    return new PlumblineException(
        ErrorCode.USAGE,
        "There is no transform `" + name + "` in " + folder + ".",
        "Nothing was looked at or changed.",
        names.isEmpty()
            ? "Write transforms/" + name + ".yaml first."
            : Suggestion.sentence(name, names));
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
