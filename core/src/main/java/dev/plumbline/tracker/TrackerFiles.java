package dev.plumbline.tracker;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.layout.Layout.Part;
import dev.plumbline.layout.Layouts;
import dev.plumbline.layout.Tool;
import dev.plumbline.layout.ToolText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds and reads the files of migrations. */
final class TrackerFiles {
  /** Deep enough for a folder per release, team and year. */
  private static final int DEEP = 12;

  private TrackerFiles() {}

  /** The files right in a folder, by name. */
  static List<Path> in(Path folder, Predicate<String> name) {
    return find(folder, 1, name);
  }

  /** The files in a folder and all below it, by path. */
  static List<Path> below(Path folder, Predicate<String> name) {
    return find(folder, DEEP, name);
  }

  private static List<Path> find(Path folder, int depth, Predicate<String> name) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(folder, Set.of(), depth, new Finder(folder, name, found));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return found.stream().sorted().toList();
  }

  /** Passes over what is hidden, and what packages and builds have brought. */
  private static final class Finder extends SimpleFileVisitor<Path> {
    private static final Set<String> NOT_OURS =
        Set.of("node_modules", "site-packages", "venv", "target", "__pycache__");

    private final Path folder;
    private final Predicate<String> name;
    private final List<Path> found;

    Finder(Path folder, Predicate<String> name, List<Path> found) {
      this.folder = folder;
      this.name = name;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      boolean passed = name(path).startsWith(".") || NOT_OURS.contains(name(path));
      return passed && !path.equals(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && name.test(name(path))) {
        found.add(path);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /**
   * The migrations among the files in a folder.
   *
   * @param name of a whole file name, with groups {@code revision} and {@code words}
   */
  static List<ToolFile> named(List<Path> files, Pattern name, Tool tool) {
    List<ToolFile> found = new ArrayList<>();
    for (Path path : files) {
      Matcher matcher = name.matcher(name(path));
      if (matcher.matches()) {
        String words = Optional.ofNullable(matcher.group("words")).orElse("").replace('_', ' ');
        ToolFile file = ToolFile.of(matcher.group("revision"), words, path);
        found.add(name(path).endsWith(".sql") ? file.running(forward(tool, text(path))) : file);
      }
    }
    return found;
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** The name of the folder that holds the file. */
  static String folderName(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    return folder == null ? "" : name(folder);
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static String text(Path file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static PlumblineException unreadable(Path path, IOException cause) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "Migrations cannot be read at " + path + ": " + FileRefusal.of(cause),
        "Nothing was changed.",
        "Name the folder that holds them, and make it readable.",
        cause);
  }

  /** A hash of the file's bytes, in hexadecimal. */
  static String hash(String algorithm, Path file) {
    return HexFormat.of().formatHex(digest(algorithm).digest(bytes(file)));
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** What of a text runs forward, at the same offsets. */
  static String forward(Tool tool, String text) {
    StringBuilder sql = new StringBuilder(ToolText.of(tool, text).sql());
    List<Part> parts = Layouts.cuts(tool, text);
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).section().isForward()) {
        int end = i + 1 < parts.size() ? parts.get(i + 1).start() : text.length();
        blank(sql, endOfLine(text, parts.get(i).start()), end);
      }
    }
    return sql.toString();
  }

  private static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** Turns a part into blanks, line by line. */
  static void blank(StringBuilder sql, int start, int end) {
    for (int i = start; i < end; i++) {
      if (sql.charAt(i) != '\n') {
        sql.setCharAt(i, ' ');
      }
    }
  }
}
