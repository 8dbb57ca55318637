package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Change.IndexMade;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** An index dropped while everybody waits. */
final class DropIndexWithoutConcurrently extends ChangeRule {
  DropIndexWithoutConcurrently() {
    super(
        "drop-index-without-concurrently",
        Severity.WARNING,
        "`DROP INDEX` without `CONCURRENTLY`.",
        "It waits for every running query on the table, and all that come later wait behind it, readers too.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Dropped drop)
        || !drop.kind().equals("INDEX")
        || scene.inBody()
        || scene.statement().statement().tree().is("concurrent")
        || isOfNewTable(drop, scene)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                drop,
                "all users of the table wait while `" + drop.object() + "` goes")
            .instead(
                scene.alone(
                    "DROP INDEX CONCURRENTLY "
                        + (drop.ifExists() ? "IF EXISTS " : "")
                        + drop.object().sql()
                        + ";")));
  }

  private static boolean isOfNewTable(Dropped drop, Scene scene) {
    return scene
        .file()
        .changes(IndexMade.class)
        .anyMatch(
            made -> made.offset() < drop.offset() && made.name().equals(drop.object().name()));
  }
}
