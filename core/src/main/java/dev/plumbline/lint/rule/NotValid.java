package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change.ConstraintAdded;
import dev.plumbline.lint.Constraint;
import dev.plumbline.lint.Constraint.Kind;
import dev.plumbline.lint.Relation;
import dev.plumbline.lint.Trees;
import dev.plumbline.parser.Node;
import dev.plumbline.schema.Table;
import java.util.List;
import java.util.stream.Collectors;

/** A constraint in two statements: binding new rows first, then proven of the others. */
final class NotValid {
  private NotValid() {}

  static String of(ConstraintAdded added, Scene scene) {
    String table = "ALTER TABLE " + added.table().sql();
    String name = Table.quoted(name(added));
    return table
        + " ADD CONSTRAINT "
        + name
        + " "
        + demand(added, scene)
        + " NOT VALID;\n"
        + table
        + " VALIDATE CONSTRAINT "
        + name
        + ";   -- in a later transaction; it blocks neither reads nor writes";
  }

  /** Its own, or that which PostgreSQL would choose. */
  private static String name(ConstraintAdded added) {
    Constraint constraint = added.constraint();
    if (!constraint.name().isEmpty()) {
      return constraint.name();
    }
    String kind = constraint.kind() == Kind.FOREIGN_KEY ? "fkey" : "check";
    return added.table().name()
        + "_"
        + constraint.columns().stream().limit(1).map(c -> c + "_").collect(Collectors.joining())
        + kind;
  }

  private static String demand(ConstraintAdded added, Scene scene) {
    Constraint constraint = added.constraint();
    return constraint.kind() == Kind.FOREIGN_KEY
        ? reference(constraint)
        : "CHECK " + condition(scene.file().text(), added.offset());
  }

  private static String reference(Constraint constraint) {
    Node tree = constraint.tree();
    List<String> referenced = Trees.names(tree.at("pk_attrs"));
    return "FOREIGN KEY "
        + list(constraint.columns())
        + " REFERENCES "
        + Relation.of(tree.at("pktable")).sql()
        + (referenced.isEmpty() ? "" : " " + list(referenced))
        + action(" ON UPDATE ", tree.text("fk_upd_action"))
        + action(" ON DELETE ", tree.text("fk_del_action"));
  }

  private static String list(List<String> columns) {
    return columns.stream().map(Table::quoted).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String action(String when, String letter) {
    return switch (letter) {
      case "c" -> when + "CASCADE";
      case "n" -> when + "SET NULL";
      case "d" -> when + "SET DEFAULT";
      case "r" -> when + "RESTRICT";
      default -> "";
    };
  }

  /** What stands in the parentheses behind the next CHECK. */
  private static String condition(String text, int from) {
    int check = text.toLowerCase(java.util.Locale.ROOT).indexOf("check", from);
    int open = text.indexOf('(', Math.max(check, from));
    int depth = 0;
    boolean quoted = false;
    for (int at = Math.max(open, 0); at < text.length(); at++) {
      char c = text.charAt(at);
      quoted ^= c == '\'';
      depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return text.substring(open, at + 1);
      }
    }
    return "(…)";
  }
}
