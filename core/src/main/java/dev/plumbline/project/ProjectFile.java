package dev.plumbline.project;

import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** The text of one file of the project, and what is wrong in it. Used by one thread. */
final class ProjectFile {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem problem) -> problem.position().line())
          .thenComparing(problem -> problem.position().column());

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path path;
  private final String text;
  private final boolean settings;
  private final List<String> lines;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param settings whether it holds addresses of databases or services, whose passwords must not
   *     show in problems
   */
  private ProjectFile(Path path, String text, boolean settings) {
    this.path = path;
    this.settings = settings;
    this.text = withoutMark(text);
    this.lines = List.of(this.text.split("\r\n|\r|\n", -1));
  }

  /** The text without the byte order mark that some editors put before it. */
  static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  static ProjectFile settings(Path path, String text) {
    return new ProjectFile(path, text, true);
  }

  static ProjectFile invariant(Path path, String text) {
    return new ProjectFile(path, text, false);
  }

  static ProjectFile transform(Path path, String text) {
    return new ProjectFile(path, text, true);
  }

  static ProjectFile probes(Path path, String text) {
    return new ProjectFile(path, text, true);
  }

  static ProjectFile phases(Path path, String text) {
    return new ProjectFile(path, text, false);
  }

  Path path() {
    return path;
  }

  String text() {
    return text;
  }

  /** Everything found so far, in the order of the file. */
  List<Problem> problems() {
    return problems.stream().sorted(BY_PLACE).toList();
  }

  boolean hasProblems() {
    return !problems.isEmpty();
  }

  void problem(Position position, String what, String offending, String suggestion) {
    problems.add(
        new Problem(position, shown(what), shown(offending), Optional.of(shown(suggestion))));
  }

  private String shown(String message) {
    return settings ? DatabaseSetting.redact(message) : message;
  }

  Position beginning() {
    return new Position(path, 1, 1);
  }

  /** The parser counts lines and characters from 0, and a character outside the BMP as one. */
  Position position(Mark mark) {
    String line = line(mark.getLine() + 1);
    int characters = Math.min(mark.getColumn(), line.codePointCount(0, line.length()));
    return new Position(path, mark.getLine() + 1, line.offsetByCodePoints(0, characters) + 1);
  }

  /** A line, counted from 1, without its end; empty behind the last one. */
  String line(int number) {
    return number <= lines.size() ? lines.get(number - 1) : "";
  }

  /** What follows on the same line. */
  String rest(Position position) {
    String line = line(position.line());
    return line.substring(Math.min(position.column() - 1, line.length()));
  }

  /** The text between two places, lines joined by spaces as YAML would. */
  String between(Position from, Position to) {
    if (from.line() == to.line()) {
      return line(from.line()).substring(from.column() - 1, to.column() - 1);
    }
    StringBuilder joined = new StringBuilder(rest(from).strip());
    for (int number = from.line() + 1; number < to.line(); number++) {
      joined.append(' ').append(line(number).strip());
    }
    return joined.append(' ').append(line(to.line()), 0, to.column() - 1).toString();
  }
}
