package dev.plumbline.project;

import java.util.Map;
import java.util.Optional;

/**
 * What the command line and its environment add to a project's files.
 *
 * @param environment {@code --env}
 * @param variables the process's environment variables
 * @param databaseFlag {@code --database}
 */
public record ReadOptions(
    Optional<String> environment, Map<String, String> variables, Optional<String> databaseFlag) {
  public ReadOptions {
    variables = Map.copyOf(variables);
  }

  /** No flags; the variables of this process. */
  public static ReadOptions ofProcess() {
    return new ReadOptions(Optional.empty(), System.getenv(), Optional.empty());
  }

  /** Values of variables may be secrets. */
  @Override
  public String toString() {
    return "ReadOptions[environment=" + environment + "]";
  }
}
