package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.IndexMade;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** An index made while writers wait. */
final class IndexWithoutConcurrently extends ChangeRule {
  IndexWithoutConcurrently() {
    super(
        "index-without-concurrently",
        Severity.WARNING,
        "`CREATE INDEX` without `CONCURRENTLY` on a table that others use.",
        "Nobody can write to the table until the index is built; on a large table that takes minutes.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof IndexMade index)
        || index.concurrently()
        || isOfParentOnly(index)
        || !scene.isLiveAndLarge(index.table(), index.offset())) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                index,
                "writers of " + index.table() + " wait while its index is built")
            .instead(scene.alone(concurrently(index, scene))));
  }

  /** {@code ON ONLY}: the index of a partitioned table alone, made in an instant. */
  private static boolean isOfParentOnly(IndexMade index) {
    return !index.definition().at("relation").is("inh");
  }

  private static String concurrently(IndexMade index, Scene scene) {
    return scene.inBody()
        ? "-- outside of the DO block:\nCREATE "
            + (index.unique() ? "UNIQUE " : "")
            + "INDEX CONCURRENTLY … ON "
            + index.table().sql()
            + " …;"
        : scene.with("INDEX", "INDEX CONCURRENTLY");
  }
}
