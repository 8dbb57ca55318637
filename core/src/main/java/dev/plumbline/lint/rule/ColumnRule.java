package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.TableMade;
import dev.plumbline.lint.ColumnDefinition;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintFile;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Severity;
import dev.plumbline.lint.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A rule that looks at the definitions of columns, those of new tables included. */
abstract class ColumnRule extends StatedRule {
  ColumnRule(String name, Severity severity, String summary, String harm) {
    super(name, severity, summary, harm);
  }

  /** A column with its table. */
  record Defined(Relation table, ColumnDefinition column, int offset) {}

  @Override
  public final List<Finding> check(LintFile file, Surroundings around) {
    return Stream.concat(
            file.changes(TableMade.class).flatMap(ColumnRule::columns),
            file.changes(ColumnAdded.class)
                .map(added -> new Defined(added.table(), added.column(), added.offset())))
        .flatMap(defined -> look(defined, file).stream())
        .toList();
  }

  private static Stream<Defined> columns(TableMade made) {
    return made.columns().stream()
        .map(
            column ->
                new Defined(made.table(), column, column.tree().location().orElse(made.offset())));
  }

  /** What is wrong with one column. */
  abstract Optional<Finding> look(Defined defined, LintFile file);
}
