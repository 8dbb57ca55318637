package dev.plumbline.report;

import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An error as text: what happened, what is safe, what to do next. What is wrong in a file is shown
 * as compilers do it, with the line and a mark below the offending text. Immutable.
 */
public final class ErrorText {
  private final TextStyle style;
  private final Sources sources;

  public ErrorText(TextStyle style, Sources sources) {
    this.style = style;
    this.sources = sources;
  }

  /** The three parts; ends with a line break. */
  public String of(PlumblineException error) {
    StringBuilder text = new StringBuilder();
    switch (error) {
      case ProjectException project -> {
        project.problems().forEach(problem -> text.append(problem(problem)));
        text.append('\n');
      }
      case DatabaseException database -> {
        text.append(style.red("error: ")).append(multiline(database.what())).append('\n');
        database.problem().ifPresent(problem -> text.append(excerpt(problem)));
      }
      default -> text.append(style.red("error: ")).append(multiline(error.what())).append('\n');
    }
    text.append(multiline(error.safe())).append('\n');
    text.append(multiline(error.next())).append('\n');
    return text.toString();
  }

  /** A problem, with the line that it is about. */
  private String problem(Problem problem) {
    return style.red("error: ")
        + style.bold(Printable.of(problem.position().toString()))
        + ": "
        + multiline(problem.what())
        + "\n"
        + excerpt(problem)
        + problem.suggestion().map(s -> indented(multiline(s)) + "\n").orElse("");
  }

  private static String indented(String text) {
    return text.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
  }

  private String excerpt(Problem problem) {
    Position position = problem.position();
    Optional<String> source =
        sources.text(position.file()).flatMap(text -> line(text, position.line()));
    return source.map(line -> marked(line, position, problem.text())).orElse("");
  }

  private static Optional<String> line(String text, int number) {
    return text.lines().skip(number - 1L).findFirst();
  }

  private String marked(String line, Position position, String offending) {
    int start = Math.min(position.column() - 1, line.length());
    String before = Printable.of(line.substring(0, start));
    String gutter = " " + position.line() + " | ";
    return style.dim(gutter)
        + Printable.of(line)
        + "\n"
        + style.dim(" ".repeat(gutter.length() - 2) + "| ")
        + " ".repeat(Printable.width(before))
        + style.red("^".repeat(marks(line.substring(start), offending)))
        + "\n";
  }

  /** As many as the offending text is wide, if it stands there; else one. */
  private static int marks(String rest, String offending) {
    String first = offending.lines().findFirst().orElse("");
    return !first.isEmpty() && rest.startsWith(first) ? Printable.width(Printable.of(first)) : 1;
  }

  private static String multiline(String text) {
    List<String> lines = text.lines().map(Printable::of).toList();
    return String.join("\n", lines);
  }
}
