package dev.plumbline.project;

import dev.plumbline.document.JqProgram;
import dev.plumbline.document.Program;
import dev.plumbline.error.Position;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.ScalarType;
import dev.plumbline.project.YamlNode.Style;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads jq programs; what does not compile is a problem at its place in the file. */
final class ProgramReader {
  private final ProjectFile file;

  ProgramReader(ProjectFile file) {
    this.file = file;
  }

  Optional<Program.Jq> read(String key, YamlNode node) {
    if (!(node instanceof Scalar scalar)
        || scalar.type() == ScalarType.NULL
        || scalar.value().isBlank()) {
      file.problem(
          node.start(),
          "`" + key + "` is a jq program, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write the program on the same line, or after `|` on the lines below.");
      return Optional.empty();
    }
    if (isFolded(key, scalar)) {
      return Optional.empty();
    }
    String text = scalar.value().stripTrailing();
    Optional<JqProgram.Fault> fault = JqProgram.fault(text);
    fault.ifPresent(what -> report(key, scalar, what));
    return fault.isPresent() ? Optional.empty() : Optional.of(new Program.Jq(text));
  }

  /** A map from name to program. */
  Map<String, Program.Jq> named(String key, YamlNode node) {
    if (!(node instanceof Mapping map) || map.entries().isEmpty()) {
      file.problem(
          node.start(),
          "`" + key + "` is a map from name to jq program, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write a name and, behind its colon, a program.");
      return Map.of();
    }
    Map<String, Program.Jq> programs = new LinkedHashMap<>();
    for (KeyValue entry : Fields.byName(file, map).values()) {
      String name = entry.key().value();
      read(name, entry.value()).ifPresent(program -> programs.put(name, program));
    }
    return programs;
  }

  /** A `#` comment would swallow the lines behind it, and positions would be lost. */
  private boolean isFolded(String key, Scalar scalar) {
    boolean folded =
        scalar.style() == Style.FOLDED || (scalar.style() != Style.LITERAL && !scalar.isOneLine());
    if (folded) {
      file.problem(
          scalar.start(),
          "YAML would join the lines of `" + key + "` into one",
          file.rest(scalar.start()).strip(),
          "Write `" + key + ": |` and the program on the lines below, indented.");
    }
    return folded;
  }

  private void report(String key, Scalar scalar, JqProgram.Fault fault) {
    Position at = position(scalar, fault);
    file.problem(
        at,
        "the jq program of `" + key + "` cannot be read: " + fault.what(),
        file.rest(at).strip(),
        "Mend the program here or just before.");
  }

  private Position position(Scalar scalar, JqProgram.Fault fault) {
    Position first = scalar.firstCharacter();
    if (scalar.style() != Style.LITERAL) {
      int column = first.column() + fault.column() - 1;
      return new Position(first.file(), first.line(), fault.line() == 1 ? column : first.column());
    }
    String firstLine = file.line(first.line() + 1);
    int indent = firstLine.length() - firstLine.stripLeading().length();
    int line = first.line() + fault.line();
    int column = Math.min(indent + fault.column(), file.line(line).length() + 1);
    return new Position(first.file(), line, column);
  }
}
