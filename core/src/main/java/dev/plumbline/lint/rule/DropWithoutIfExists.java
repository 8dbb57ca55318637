package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ConstraintDropped;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.LintStatement;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A drop of an object of which nothing says that it is there. */
final class DropWithoutIfExists implements Rule {
  @Override
  public String name() {
    return "drop-without-if-exists";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "A `DROP` without `IF EXISTS` of an object that nothing shows to exist.";
  }

  @Override
  public String harm() {
    return "Where it is not there, such as on a database that was repaired by hand, the migration fails, and a second try fails again.";
  }

  private static final Pattern DROP =
      Pattern.compile(
          "(?i)\\bDROP\\s+(MATERIALIZED\\s+VIEW|FOREIGN\\s+TABLE|\\w+)(\\s+CONCURRENTLY)?");

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    List<Finding> findings = new ArrayList<>();
    for (LintStatement statement : file.forward()) {
      List<Change> unknown =
          statement.changes().stream().filter(change -> isUnknown(change, file, around)).toList();
      if (!unknown.isEmpty()) {
        String names = String.join(", ", unknown.stream().map(DropWithoutIfExists::named).toList());
        findings.add(
            finding(
                    file,
                    unknown.getFirst(),
                    "nothing shows that there is " + names + ", and the statement fails if not")
                .instead(
                    DROP.matcher(statement.statement().text()).replaceFirst("$0 IF EXISTS") + ";"));
      }
    }
    return findings;
  }

  private static boolean isUnknown(Change change, LintFile file, Surroundings around) {
    return switch (change) {
      case Dropped drop ->
          !drop.ifExists()
              && !around.timeline().isThere(drop.object(), file, drop.offset())
              && !isLive(around, drop);
      case ConstraintDropped drop ->
          !drop.ifExists()
              && !around.timeline().hasConstraint(drop.table(), drop.name(), file, drop.offset())
              && around.live().filter(live -> live.exists(drop.table())).isEmpty();
      default -> false;
    };
  }

  private static boolean isLive(Surroundings around, Dropped drop) {
    Relation asked = drop.onTable().orElse(drop.object());
    return around.live().filter(live -> live.exists(asked)).isPresent();
  }

  private static String named(Change change) {
    return switch (change) {
      case Dropped drop ->
          "`" + drop.object() + "`" + drop.onTable().map(table -> " on " + table).orElse("");
      case ConstraintDropped drop -> "`" + drop.name() + "` on " + drop.table();
      default -> "";
    };
  }
}
