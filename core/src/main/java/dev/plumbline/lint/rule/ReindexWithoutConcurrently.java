package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Other;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** An index rebuilt while writers wait. */
final class ReindexWithoutConcurrently extends ChangeRule {
  ReindexWithoutConcurrently() {
    super(
        "reindex-without-concurrently",
        Severity.WARNING,
        "`REINDEX` without `CONCURRENTLY`.",
        "Writers wait until the index is rebuilt, and so do readers whose query could use it.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Other other)
        || !other.kind().equals("ReindexStmt")
        || other.tree().all("DefElem").anyMatch(o -> o.text("defname").equals("concurrently"))) {
      return Optional.empty();
    }
    return Optional.of(
        finding(scene.file(), other, "users of the table wait while the index is rebuilt")
            .instead(
                scene.alone(
                    scene
                            .sql()
                            .replaceFirst(
                                "(?i)\\b(INDEX|TABLE|SCHEMA|DATABASE)\\s+(?=\\S+$)",
                                "$1 CONCURRENTLY ")
                        + ";")));
  }
}
