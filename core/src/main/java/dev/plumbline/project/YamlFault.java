package dev.plumbline.project;

import dev.plumbline.error.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Turns the YAML parser's complaint into a problem that says what to write instead. */
final class YamlFault {
  private static final Pattern VALUE =
      Pattern.compile("[\\s-]*(?<key>[\\w ]+?):\\s+(?<value>\\S.*?)\\s*");
  private static final String WHEN_TO_QUOTE =
      "A value that holds `: ` or ` #`, or begins with one of \" ' [ { * & ! % @ `,"
          + " is written in quotes or, from the next line on, after `|`.";

  private YamlFault() {}

  static void report(ProjectFile file, YamlEngineException fault) {
    if (fault instanceof MarkedYamlEngineException marked) {
      marked
          .getProblemMark()
          .or(marked::getContextMark)
          .ifPresentOrElse(
              mark -> report(file, mark, marked.getProblem()),
              () -> report(file, marked.getProblem()));
    } else {
      report(file, String.valueOf(fault.getMessage()));
    }
  }

  private static void report(ProjectFile file, Mark mark, String complaint) {
    Position at = file.position(mark);
    String rest = file.rest(at);
    if (rest.startsWith("\t")) {
      file.problem(at, "a tab stands here", "\t", "Indent with spaces.");
      return;
    }
    file.problem(at, "this is no YAML: " + complaint, rest.strip(), suggestion(file, at));
  }

  /** The line with its value in quotes, if the fault lies in a plain one-line value. */
  private static String suggestion(ProjectFile file, Position at) {
    Matcher line = VALUE.matcher(file.line(at.line()));
    boolean inValue = line.matches() && at.column() > line.start("value") + 1;
    if (!inValue) {
      return "Mend this line or the one above it. " + WHEN_TO_QUOTE;
    }
    return switch (line.group("value").charAt(0)) {
      case '{', '[' ->
          "Between braces or brackets, quote each value that holds a comma, a colon or a quote.";
      case '|', '>' -> "Mend this line or the one above it. " + WHEN_TO_QUOTE;
      default ->
          "Quote the whole value: " + YamlText.quoted(line.group("key"), line.group("value"));
    };
  }

  private static void report(ProjectFile file, String complaint) {
    file.problem(
        file.beginning(),
        "this is no YAML: " + complaint.lines().findFirst().orElse(""),
        "",
        "Remove control characters, and keep the file under a megabyte.");
  }
}
