package dev.plumbline.lint.rule;

import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.List;

/** Commands for psql in a file that psql does not run. */
final class PsqlCommand implements Rule {
  @Override
  public String name() {
    return "psql-command";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return "A command for psql, such as `\\i`, in a migration of Plumbline's.";
  }

  @Override
  public String harm() {
    return "Only psql understands it; `plumb migrate` sends SQL to the server and refuses the file.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    if (!file.isOwn()) {
      return List.of();
    }
    return file.metaCommands().stream()
        .map(
            command ->
                finding(
                    file,
                    command.at().offset(),
                    "`\\" + command.name() + "` is a command for psql, not SQL"))
        .toList();
  }
}
