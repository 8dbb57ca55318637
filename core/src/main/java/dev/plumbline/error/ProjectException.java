package dev.plumbline.error;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong in the project's files, all at once. */
public final class ProjectException extends PlumblineException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ProjectException(List<Problem> problems) {
    super(
        ErrorCode.PROJECT,
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
        "Nothing was changed.",
        problems.size() == 1
            ? "Mend the line above and run the command again."
            : "Mend the " + problems.size() + " lines above and run the command again.");
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
