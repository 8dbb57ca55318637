package dev.plumbline.lint.rule;

import dev.plumbline.layout.Tool;
import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.ColumnDropped;
import dev.plumbline.lint.Change.ColumnRenamed;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Change.ConstraintDropped;
import dev.plumbline.lint.Change.DefaultSet;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Change.NotNullSet;
import dev.plumbline.lint.Change.RowSecurity;
import dev.plumbline.lint.Change.TableAltered;
import dev.plumbline.lint.Change.TableRenamed;
import dev.plumbline.lint.Change.TriggerMade;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.LintStatement;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A lock that may be waited for without end. Said once in a file, at the first such statement, and
 * only of tools that are known to set no timeout by themselves.
 */
final class LockTimeoutMissing extends StatedRule {
  LockTimeoutMissing() {
    super(
        "lock-timeout-missing",
        Severity.WARNING,
        "A table that others use is locked, in a file of a tool that sets no lock timeout.",
        "Behind one long query the statement waits, and everybody else waits behind the statement:"
            + " the table is down until that query ends.");
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    if (file.isOwn() || file.layout().tool() == Tool.PLAIN) {
      return List.of();
    }
    return file.forward().stream()
        .flatMap(statement -> locks(new Scene(file, around, statement)))
        .limit(1)
        .filter(lock -> file.text().lastIndexOf("lock_timeout", lock.offset()) < 0)
        .map(lock -> finding(file, lock, "this waits for its lock however long that takes"))
        .map(
            finding ->
                finding.instead("SET lock_timeout = '2s';\n" + file.sqlAt(finding.start()) + ";"))
        .toList();
  }

  private static Stream<Change> locks(Scene scene) {
    LintStatement statement = scene.statement();
    return statement.changes().stream()
        .filter(change -> locked(change).filter(t -> scene.isLive(t, change.offset())).isPresent());
  }

  private static Optional<Relation> locked(Change change) {
    return switch (change) {
      case ColumnAdded added -> Optional.of(added.table());
      case ColumnDropped dropped -> Optional.of(dropped.table());
      case ColumnRenamed renamed -> Optional.of(renamed.table());
      case ConstraintAdded added -> Optional.of(added.table());
      case ConstraintDropped dropped -> Optional.of(dropped.table());
      case DefaultSet set -> Optional.of(set.table());
      case NotNullSet set -> Optional.of(set.table());
      case RowSecurity security -> Optional.of(security.table());
      case TableAltered altered -> Optional.of(altered.table());
      case TableRenamed renamed -> Optional.of(renamed.table());
      case TriggerMade trigger -> Optional.of(trigger.table());
      case Dropped drop when drop.kind().equals("TABLE") -> Optional.of(drop.object());
      default -> Optional.empty();
    };
  }
}
