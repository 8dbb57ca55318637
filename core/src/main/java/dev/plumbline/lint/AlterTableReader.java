package dev.plumbline.lint;

import dev.plumbline.lint.Change.ColumnAdded;
import dev.plumbline.lint.Change.ColumnDropped;
import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Change.ConstraintDropped;
import dev.plumbline.lint.Change.ConstraintValidated;
import dev.plumbline.lint.Change.DefaultSet;
import dev.plumbline.lint.Change.NotNullSet;
import dev.plumbline.lint.Change.RowSecurity;
import dev.plumbline.lint.Change.RowSecurity.Setting;
import dev.plumbline.lint.Change.TableAltered;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the parts of an {@code ALTER TABLE}. For one statement. */
final class AlterTableReader {
  private final Node tree;
  private final Statement statement;
  private final Optional<Integer> place;
  private final Relation table;
  private final List<Change> changes = new ArrayList<>();

  /** Parts come in the order of the text, so each is looked for behind the one before. */
  private int reached;

  AlterTableReader(Node tree, Statement statement, Optional<Integer> place) {
    this.tree = tree;
    this.statement = statement;
    this.place = place;
    this.table = Relation.of(tree.at("relation"));
  }

  List<Change> read() {
    if (List.of("OBJECT_TABLE", "OBJECT_FOREIGN_TABLE").contains(tree.text("objtype"))) {
      int behind = table.name().length();
      reached = tree.at("relation").location().orElse(statement.start()) + behind;
      tree.at("cmds").items().forEach(item -> part(item.at("AlterTableCmd")));
    }
    return changes;
  }

  private void part(Node command) {
    String name = command.text("name");
    boolean ifExists = command.is("missing_ok");
    Node definition = command.at("def");
    int offset = place.orElseGet(() -> find(command, name));
    switch (command.text("subtype")) {
      case "AT_AddColumn" -> column(definition.at("ColumnDef"), ifExists, offset);
      case "AT_DropColumn" -> changes.add(new ColumnDropped(table, name, ifExists, offset));
      case "AT_SetNotNull" -> changes.add(new NotNullSet(table, name, offset));
      case "AT_ColumnDefault" -> {
        if (definition.only().isPresent()) {
          changes.add(new DefaultSet(table, name, definition, offset));
        } else {
          changes.add(altered(command, name, offset));
        }
      }
      case "AT_AddConstraint" ->
          Definitions.constraint(definition.at("Constraint"), List.of())
              .ifPresent(c -> changes.add(new ConstraintAdded(table, c, offset)));
      case "AT_ValidateConstraint" -> changes.add(new ConstraintValidated(table, name, offset));
      case "AT_DropConstraint" -> changes.add(new ConstraintDropped(table, name, ifExists, offset));
      case "AT_EnableRowSecurity" -> security(Setting.ENABLED, offset);
      case "AT_DisableRowSecurity" -> security(Setting.DISABLED, offset);
      case "AT_ForceRowSecurity" -> security(Setting.FORCED, offset);
      case "AT_NoForceRowSecurity" -> security(Setting.NOT_FORCED, offset);
      default -> changes.add(altered(command, name, offset));
    }
  }

  private TableAltered altered(Node command, String name, int offset) {
    return new TableAltered(table, command.text("subtype"), name, command, offset);
  }

  private void security(Setting setting, int offset) {
    changes.add(new RowSecurity(table, setting, offset));
  }

  private void column(Node definition, boolean ifNotExists, int offset) {
    changes.add(new ColumnAdded(table, Definitions.column(definition), ifNotExists, offset));
    Definitions.constraintsOf(definition)
        .forEach(
            constraint ->
                changes.add(
                    new ConstraintAdded(
                        table,
                        constraint,
                        place.orElse(constraint.tree().location().orElse(offset)))));
  }

  /** PostgreSQL notes no place for most parts: the name is looked for in the text. */
  private int find(Node command, String name) {
    int noted = Trees.start(command.at("def")).orElse(-1);
    if (noted >= 0 && name.isEmpty()) {
      reached = noted;
      return noted;
    }
    if (name.isEmpty()) {
      return tree.at("relation").location().orElse(statement.start());
    }
    Matcher matcher =
        Pattern.compile(
                "(?<![\\w$])(?:"
                    + Pattern.quote(name)
                    + "|\""
                    + Pattern.quote(name)
                    + "\")(?![\\w$])",
                Pattern.CASE_INSENSITIVE)
            .matcher(statement.text());
    if (matcher.find(Math.clamp(reached - statement.start(), 0, statement.text().length()))) {
      reached = statement.start() + matcher.end();
      return statement.start() + matcher.start();
    }
    return tree.at("relation").location().orElse(statement.start());
  }
}
