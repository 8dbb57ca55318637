package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Other;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A table written anew by hand. */
final class VacuumFull extends ChangeRule {
  VacuumFull() {
    super(
        "vacuum-full",
        Severity.WARNING,
        "`VACUUM FULL` or `CLUSTER`.",
        "The table is written anew, and nobody can read or write it meanwhile.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    return change instanceof Other other && isRewrite(other)
        ? Optional.of(
            finding(scene.file(), other, "the table is written anew while all its users wait")
                .instead(
                    "VACUUM (ANALYZE) "
                        + other
                            .tree()
                            .having("relname")
                            .findFirst()
                            .map(table -> Relation.of(table).sql())
                            .orElse("")
                        + ";   -- to give space back beside the users: the extension pg_repack"))
        : Optional.empty();
  }

  private static boolean isRewrite(Other other) {
    return switch (other.kind()) {
      case "VacuumStmt" ->
          other.tree().all("DefElem").anyMatch(option -> option.text("defname").equals("full"));
      case "ClusterStmt", "RepackStmt" -> true;
      default -> false;
    };
  }
}
