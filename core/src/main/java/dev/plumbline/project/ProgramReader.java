package dev.plumbline.project;

import dev.plumbline.document.JqFault;
import dev.plumbline.document.JqProgram;
import dev.plumbline.document.Program;
import dev.plumbline.error.Position;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.ScalarType;
import dev.plumbline.project.YamlNode.Style;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads jq programs; what cannot be run is a problem at its place in the file. */
final class ProgramReader {
  private final ProjectFile file;
  private final Set<String> variables;

  /**
   * @param variables what programs are given, by names without {@code $}
   */
  ProgramReader(ProjectFile file, Set<String> variables) {
    this.file = file;
    this.variables = Set.copyOf(variables);
  }

  /** The same for programs that are given more. */
  ProgramReader with(Collection<String> further) {
    Set<String> all = new HashSet<>(variables);
    all.addAll(further);
    return new ProgramReader(file, all);
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
    List<JqFault> faults = JqProgram.faults(text, variables);
    faults.forEach(fault -> report(key, scalar, fault));
    return faults.isEmpty() ? Optional.of(new Program.Jq(text)) : Optional.empty();
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

  private void report(String key, Scalar scalar, JqFault fault) {
    Position at = position(scalar, fault);
    file.problem(
        at, "the jq program of `" + key + "` " + fault.what(), file.rest(at).strip(), fault.next());
  }

  private Position position(Scalar scalar, JqFault fault) {
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
