package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.RowsWritten;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** Tables emptied that nobody has named. */
final class TruncateCascade extends ChangeRule {
  TruncateCascade() {
    super(
        "truncate-cascade",
        Severity.ERROR,
        "`TRUNCATE … CASCADE`.",
        "Every table with a foreign key to it is emptied as well, and those behind it, unnamed.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof RowsWritten written)
        || written.writing() != RowsWritten.Writing.TRUNCATE
        || !written.statement().text("behavior").equals("DROP_CASCADE")) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                written,
                "all tables that refer to " + written.table() + " are emptied with it")
            .instead(
                "TRUNCATE " + written.table().sql() + ", …;   -- name every table that is meant"));
  }
}
