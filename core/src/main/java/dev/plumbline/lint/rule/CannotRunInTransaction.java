package dev.plumbline.lint.rule;

import dev.plumbline.layout.Tool;
import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Change.IndexMade;
import dev.plumbline.lint.Change.Other;
import dev.plumbline.lint.Change.TableAltered;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintStatement;
import dev.plumbline.lint.Severity;
import java.util.Optional;
import java.util.Set;

/** A statement that PostgreSQL refuses inside of the transaction that the tool opens. */
final class CannotRunInTransaction extends ChangeRule {
  CannotRunInTransaction() {
    super(
        "cannot-run-in-transaction",
        Severity.ERROR,
        "`CONCURRENTLY`, `VACUUM` and their like where the file runs in a transaction.",
        "PostgreSQL refuses the statement, and the migration stops here.");
  }

  private static final Set<String> ALONE =
      Set.of(
          "CreatedbStmt",
          "DropdbStmt",
          "CreateTableSpaceStmt",
          "DropTableSpaceStmt",
          "AlterSystemStmt");

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    String what = what(change, scene.statement());
    if (what.isEmpty() || scene.file().isOwn() || isAlone(scene)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
                scene.file(),
                change,
                "`"
                    + what
                    + "` cannot run in "
                    + (scene.inBody() ? "a DO block" : "the transaction around it"))
            .instead(scene.inBody() ? "-- outside of the DO block" : corrected(scene)));
  }

  private static String corrected(Scene scene) {
    return scene.file().layout().tool() == Tool.PLAIN
        ? "-- outside of BEGIN … COMMIT:\n" + scene.sql() + ";"
        : scene.alone(scene.sql() + ";");
  }

  /** Whether nothing opens a transaction; Flyway opens none where all statements are such. */
  private static boolean isAlone(Scene scene) {
    boolean flyway =
        scene.file().layout().tool() == Tool.FLYWAY
            && scene.file().forward().stream()
                .allMatch(s -> s.changes().stream().anyMatch(c -> !what(c, s).isEmpty()));
    return !scene.inBody() && (flyway || !scene.inTransaction());
  }

  /** What of it needs to be outside of transactions; empty if nothing does. */
  private static String what(Change change, LintStatement statement) {
    return switch (change) {
      case IndexMade index -> index.concurrently() ? "CREATE INDEX CONCURRENTLY" : "";
      case Dropped drop ->
          statement.statement().tree().is("concurrent") ? "DROP INDEX CONCURRENTLY" : "";
      case TableAltered altered ->
          altered.command().at("def").at("PartitionCmd").is("concurrent")
              ? "DETACH PARTITION … CONCURRENTLY"
              : "";
      case Other other -> what(other);
      default -> "";
    };
  }

  private static String what(Other other) {
    return switch (other.kind()) {
      case "VacuumStmt" -> other.tree().is("is_vacuumcmd") ? "VACUUM" : "";
      case "ReindexStmt" ->
          other.tree().all("DefElem").anyMatch(o -> o.text("defname").equals("concurrently"))
              ? "REINDEX CONCURRENTLY"
              : "";
      default -> ALONE.contains(other.kind()) ? "this statement" : "";
    };
  }
}
