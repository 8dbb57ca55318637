package dev.plumbline.project;

import dev.plumbline.error.Position;
import dev.plumbline.project.Template.Fault;
import dev.plumbline.project.Template.Filled;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.Style;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills the variables of {@code plumb.yaml}'s values in. */
final class Variables {
  private final ProjectFile file;
  private final Map<String, String> variables;

  Variables(ProjectFile file, Map<String, String> variables) {
    this.file = file;
    this.variables = variables;
  }

  /** The value with its variables filled in; a plain one is a number again if it reads like one. */
  Optional<YamlNode> fill(YamlNode node) {
    if (!(node instanceof Scalar scalar)) {
      return Optional.of(node);
    }
    Filled filled = Template.fill(scalar.value(), variables);
    report(scalar, filled.faults());
    return filled.faults().isEmpty() ? Optional.of(with(scalar, filled.text())) : Optional.empty();
  }

  private static Scalar with(Scalar scalar, String value) {
    return new Scalar(
        scalar.start(),
        scalar.end(),
        scalar.style(),
        scalar.style() == Style.PLAIN ? YamlParser.type(value) : scalar.type(),
        value,
        scalar.inFlow());
  }

  /** Reports variables that are written wrongly in a value that is not needed now. */
  void check(YamlNode node) {
    if (node instanceof Scalar scalar) {
      report(scalar, Template.syntaxFaults(scalar.value()));
    }
  }

  private void report(Scalar scalar, List<Fault> faults) {
    for (Fault fault : faults) {
      Position first = scalar.firstCharacter();
      Position at =
          scalar.isOneLine()
              ? new Position(first.file(), first.line(), first.column() + fault.offset())
              : first;
      file.problem(at, fault.what(), fault.text(), fault.suggestion());
    }
  }
}
