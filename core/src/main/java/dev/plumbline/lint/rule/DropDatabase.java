package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Other;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A database that goes. */
final class DropDatabase extends ChangeRule {
  DropDatabase() {
    super(
        "drop-database",
        Severity.ERROR,
        "A database dropped.",
        "Everything in it is gone; only a backup brings it back.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Other other) || !other.kind().equals("DropdbStmt")) {
      return Optional.empty();
    }
    return Optional.of(
        finding(scene.file(), other, "the database `" + other.tree().text("dbname") + "` goes")
            .instead("-- by hand, by somebody who has looked at the backup"));
  }
}
