package dev.plumbline.cli.demo;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One of the cases that Plumbline comes with.
 *
 * @param name the case's name, and its project's
 * @param files where its files are
 */
public record Example(String name, Path files) {
  /** What a project consists of; the data is not among it. */
  private static final List<String> FOLDERS =
      List.of(
          "invariants",
          "migrations",
          "original",
          "project-teams",
          "alembic",
          "transforms",
          "content");

  /**
   * The example of a name, beside the program.
   *
   * @throws PlumblineException if this copy of the program came without it
   */
  public static Example named(String name) {
    Path files = Path.of(System.getProperty("plumb.home", ""), "examples", name);
    if (!Files.isRegularFile(files.resolve("plumb.yaml"))) {
      throw new PlumblineException(
          ErrorCode.UNREACHABLE,
          "The example " + name + " is not in " + files + ".",
          "Nothing was started or written.",
          "Run the launcher `plumb` from where it was unpacked: the examples lie beside it.");
    }
    return new Example(name, files);
  }

  /**
   * Copies the project's files, as a user would have written them, over those of an earlier copy.
   */
  void copyTo(Path directory) throws IOException {
    for (Path file : projectFiles()) {
      Path target = directory.resolve(files.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private List<Path> projectFiles() throws IOException {
    List<Path> all = new ArrayList<>(List.of(files.resolve("plumb.yaml")));
    for (String folder : FOLDERS) {
      if (Files.isDirectory(files.resolve(folder))) {
        try (Stream<Path> inside = Files.walk(files.resolve(folder))) {
          inside.filter(Files::isRegularFile).sorted().forEach(all::add);
        }
      }
    }
    return all;
  }
}
