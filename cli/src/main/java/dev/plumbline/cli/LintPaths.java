package dev.plumbline.cli;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that paths on the command line mean, in the order in which they are applied. */
final class LintPaths {
  private static final Pattern PIECE = Pattern.compile("\\d+|\\D+");

  /** By their names as tools sort them: numbers by value, so that V2 comes before V10. */
  static final Comparator<Path> APPLIED = LintPaths::compare;

  private LintPaths() {}

  /**
   * The files themselves, and all {@code .sql} files in and below directories.
   *
   * @throws PlumblineException (usage) if there is no such path, (denied) if it cannot be read
   */
  static List<Path> files(List<Path> paths) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(below(path));
      } else if (Files.exists(path)) {
        files.add(path);
      } else {
        throw UsageErrors.usage(
            "There is no file or directory " + path + ".",
            "Name files or directories: plumb lint migrations/ or plumb lint one.sql");
      }
    }
    return List.copyOf(files);
  }

  private static List<Path> below(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(file -> file.toString().endsWith(".sql"))
          .filter(Files::isRegularFile)
          .sorted(APPLIED)
          .toList();
    } catch (IOException e) {
      throw new PlumblineException(
          ErrorCode.DENIED,
          "The operating system does not let Plumbline read "
              + directory
              + ": "
              + FileRefusal.of(e),
          "Nothing was looked at.",
          "Check the path and its permissions, then run the command again.",
          e);
    }
  }

  /**
   * The settings that a tool keeps beside a file: Flyway's for one file, diesel's for its
   * directory.
   */
  static Optional<Path> settings(Path file) {
    return Stream.of(
            file.resolveSibling(file.getFileName() + ".conf"), file.resolveSibling("metadata.toml"))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static int compare(Path left, Path right) {
    List<String> a = pieces(left);
    List<String> b = pieces(right);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int difference = compare(a.get(i), b.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compare(String a, String b) {
    boolean numbers = Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0));
    return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }

  private static List<String> pieces(Path path) {
    List<String> pieces = new ArrayList<>();
    PIECE.matcher(path.toString()).results().map(MatchResult::group).forEach(pieces::add);
    return pieces;
  }
}
