package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Other;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** A materialized view filled while its readers wait. */
final class RefreshWithoutConcurrently extends ChangeRule {
  RefreshWithoutConcurrently() {
    super(
        "refresh-without-concurrently",
        Severity.WARNING,
        "`REFRESH MATERIALIZED VIEW` without `CONCURRENTLY`.",
        "Nobody can read the view until its query is done.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Other other)
        || !other.kind().equals("RefreshMatViewStmt")
        || other.tree().is("concurrent")
        || other.tree().is("skipData")
        || !scene.isLiveAndLarge(Relation.of(other.tree().at("relation")), other.offset())) {
      return Optional.empty();
    }
    String view = Relation.of(other.tree().at("relation")).sql();
    return Optional.of(
        finding(scene.file(), other, "readers of `" + view + "` wait while it is filled")
            .instead(
                "REFRESH MATERIALIZED VIEW CONCURRENTLY "
                    + view
                    + ";   -- needs a unique index on it"));
  }
}
