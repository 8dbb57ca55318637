package dev.plumbline.lint.rule;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.invariant.Exist;
import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.IndexMade;
import dev.plumbline.lint.Change.TableMade;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import dev.plumbline.schema.IndexDefinition;
import java.util.List;
import java.util.stream.Stream;

/** An IF NOT EXISTS that takes any object of the name for the right one. */
final class IfNotExistsUnchecked implements Rule {
  @Override
  public String name() {
    return "if-not-exists-unchecked";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public String summary() {
    return "`IF NOT EXISTS` where nobody compares the definition of what is there.";
  }

  @Override
  public String harm() {
    return "Another object of that name, with other columns or left invalid by a failed build, is taken for this one, and the migration is recorded as applied.";
  }

  @Override
  public List<Finding> check(LintFile file, Surroundings around) {
    if (file.isOwn()) {
      return List.of(); // plumb migrate compares what is there with what the statement says
    }
    Stream<Finding> tables =
        file.changes(TableMade.class)
            .filter(TableMade::ifNotExists)
            .filter(made -> !isDropped(file, made.table().name(), made))
            .map(made -> kept(file, made, "table " + made.table()));
    Stream<Finding> columns =
        file.changes(ColumnAdded.class)
            .filter(ColumnAdded::ifNotExists)
            .filter(added -> !around.timeline().isNew(file, added.table(), added.offset()))
            .map(
                added ->
                    kept(file, added, "column " + added.table() + "." + added.column().name()));
    Stream<Finding> indexes =
        file.changes(IndexMade.class)
            .filter(IndexMade::ifNotExists)
            .filter(made -> !around.timeline().isNew(file, made.table(), made.offset()))
            .filter(made -> !isDropped(file, made.name(), made))
            .filter(made -> !isStated(around, made.name()))
            .map(made -> kept(file, made, "index " + made.name()));
    return Stream.of(tables, columns, indexes).flatMap(found -> found).toList();
  }

  /** Whether the file drops it first, so that there is none. */
  private static boolean isDropped(LintFile file, String name, Change made) {
    return file.changes(Change.Dropped.class)
        .anyMatch(drop -> drop.offset() < made.offset() && drop.object().name().equals(name));
  }

  /** Whether an invariant states the index, so that audits compare it. */
  private static boolean isStated(Surroundings around, String index) {
    return around.invariants().stream()
        .filter(Exist.class::isInstance)
        .flatMap(exist -> ((Exist) exist).objects().stream())
        .map(Fragment::text)
        .flatMap(sql -> IndexDefinition.parse(sql).stream())
        .anyMatch(definition -> definition.name().equals(index));
  }

  private Finding kept(LintFile file, Change made, String what) {
    return finding(file, made, "an existing " + what + " is kept as it is, whatever its definition")
        .instead(
            file.sqlAt(made.offset()).replaceFirst("(?i)\\s+IF\\s+NOT\\s+EXISTS", "")
                + ";   -- fails where it would differ");
  }
}
