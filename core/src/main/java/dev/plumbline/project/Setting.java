package dev.plumbline.project;

import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.project.Template.Filled;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of {@code plumb.yaml} whose variables are filled in when it is needed, so that nobody has
 * to set what the command at hand does not use. It is never printed, since it may hold a secret.
 *
 * @param written the value as written
 * @param position where it stands
 */
public record Setting(String written, Position position) {

  /**
   * The value with its variables filled in.
   *
   * @throws ProjectException if a variable without a default is not set
   */
  public String resolve(Map<String, String> variables) {
    Filled filled = Template.fill(written, variables);
    List<Problem> problems =
        filled.faults().stream()
            .map(
                fault ->
                    new Problem(
                        position, fault.what(), fault.text(), Optional.of(fault.suggestion())))
            .toList();
    if (!problems.isEmpty()) {
      throw new ProjectException(problems);
    }
    return filled.text();
  }

  @Override
  public String toString() {
    return "Setting[" + position + "]";
  }
}
