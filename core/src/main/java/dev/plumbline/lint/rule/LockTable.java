package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Other;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A lock of a table taken by hand. */
final class LockTable extends ChangeRule {
  LockTable() {
    super(
        "lock-table",
        Severity.WARNING,
        "`LOCK TABLE` in a mode that keeps writers out.",
        "All writers wait until the transaction ends, and readers too in the mode that is taken without a word.");
  }

  /** ShareLock and above, in lockdefs.h. */
  private static final int KEEPS_WRITERS_OUT = 5;

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Other other)
        || !other.kind().equals("LockStmt")
        || other.tree().at("mode").number().orElse(0) < KEEPS_WRITERS_OUT) {
      return Optional.empty();
    }
    return other
        .tree()
        .having("relname")
        .map(Relation::of)
        .filter(table -> scene.isLive(table, other.offset()))
        .findFirst()
        .map(
            table ->
                finding(scene.file(), other, "writers of " + table + " wait from here to the end")
                    .instead(
                        "-- lock the rows that are meant, in the order of their key:\nSELECT … FROM "
                            + table.sql()
                            + " WHERE … ORDER BY … FOR NO KEY UPDATE;"));
  }
}
