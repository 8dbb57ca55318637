package dev.plumbline.project;

import dev.plumbline.error.Position;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Turns the YAML parser's complaint into a problem that says what to write instead. */
final class YamlFault {
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
    file.problem(
        at,
        "this is no YAML: " + complaint,
        rest.strip(),
        "Mend the line, or the one above it. A value that holds `: ` or ` #`, or begins with one of"
            + " \" ' [ { * & ! % @ `, is written in quotes or, from the next line on, after `|`.");
  }

  private static void report(ProjectFile file, String complaint) {
    file.problem(
        file.beginning(),
        "this is no YAML: " + complaint.lines().findFirst().orElse(""),
        "",
        "Remove control characters, and keep the file under a megabyte.");
  }
}
