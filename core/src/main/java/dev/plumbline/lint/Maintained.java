package dev.plumbline.lint;

import dev.plumbline.lint.Body.Value;
import dev.plumbline.lint.Body.Write;
import dev.plumbline.parser.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells which of a trigger function's writes keep a column equal to other data. Only those have a
 * right value for rows that are already there. Time stamps, counters of versions, defaults and log
 * entries have none.
 */
public final class Maintained {
  private static final Pattern LOG =
      Pattern.compile(
          ".*(audit|log|logs|history|histories|event|events|outbox|queue|notification|notifications"
              + "|job|jobs|archive|archives|changes|activity|activities|versions|revisions|tombstones"
              + "|deleted)");

  /** What a log entry is made of. */
  private static final Set<String> LOG_WORDS =
      Set.of("tg_op", "tg_table_name", "tg_relname", "tg_table_schema", "old");

  private static final Set<String> LOG_CALLS =
      Set.of("to_jsonb", "row_to_json", "to_json", "hstore", "pg_notify", "jsonb_build_object");

  private static final Pattern DIFFERS_EACH_TIME =
      Pattern.compile(
          ".*(now|timestamp|time|date|random|uuid|nextval|currval|setting|uid|user|token).*");

  private final Body body;

  private Maintained(Body body) {
    this.body = body;
  }

  /** The writes of a function that keep a column equal to other data. */
  public static List<Write> by(Body body) {
    Maintained maintained = new Maintained(body);
    return body.writes().stream().filter(maintained::keeps).toList();
  }

  private boolean keeps(Write write) {
    return switch (write.manner()) {
      case NEW_ROW -> keepsOwn(write);
      case UPDATE, UPSERT -> derives(write.value().tree(), new HashSet<>()) || isPlain(write);
      case INSERT -> !isLog(write);
    };
  }

  /** In the trigger's own row: what follows from the row's other columns, or from other tables. */
  private boolean keepsOwn(Write write) {
    Node tree = write.value().tree();
    List<List<String>> read =
        tree.all("ColumnRef").map(ref -> Trees.names(ref.at("fields"))).toList();
    boolean ownOnly =
        !read.isEmpty() && read.stream().allMatch(ref -> ref.getLast().equals(write.column()));
    if (ownOnly) {
      return isNormalised(tree);
    }
    boolean numbersItself =
        Trees.tables(tree).size() > 0 && Trees.columns(tree).contains(write.column());
    boolean oldOnly = !read.isEmpty() && read.stream().allMatch(r -> r.getFirst().equals("old"));
    return !numbersItself && !oldOnly && derives(tree, new HashSet<>());
  }

  /** {@code lower(NEW.email)}, but not {@code OLD.version + 1} or a default. */
  private static boolean isNormalised(Node tree) {
    return tree.all("FuncCall").findAny().isPresent()
        && tree.all("CoalesceExpr").findAny().isEmpty()
        && tree.all("ColumnRef")
            .allMatch(ref -> Trees.names(ref.at("fields")).getFirst().equals("new"))
        && calls(tree).noneMatch(name -> DIFFERS_EACH_TIME.matcher(name).matches());
  }

  private static Stream<String> calls(Node tree) {
    return tree.all("FuncCall")
        .map(call -> Trees.names(call.at("funcname")))
        .filter(names -> !names.isEmpty())
        .map(List::getLast);
  }

  /** Whether an expression reads data: columns, tables, or variables that hold such. */
  private boolean derives(Node tree, Set<String> seen) {
    if (!Trees.tables(tree).isEmpty()) {
      return true;
    }
    return tree.all("ColumnRef")
        .map(reference -> Trees.names(reference.at("fields")))
        .filter(names -> !names.isEmpty())
        .anyMatch(names -> derives(names, seen));
  }

  private boolean derives(List<String> names, Set<String> seen) {
    String first = names.getFirst();
    if (first.startsWith("tg_")) {
      return false;
    }
    List<Value> assigned = body.variables().get(first);
    if (assigned == null || first.equals("new") || first.equals("old")) {
      return true;
    }
    return seen.add(first) && assigned.stream().anyMatch(value -> derives(value.tree(), seen));
  }

  /** A constant that is set in another table; a time stamp is none. */
  private static boolean isPlain(Write write) {
    Node tree = write.value().tree();
    return tree.all("FuncCall").findAny().isEmpty()
        && tree.all("SQLValueFunction").findAny().isEmpty()
        && tree.all("ColumnRef").findAny().isEmpty();
  }

  private static boolean isLog(Write write) {
    Node tree = write.value().tree();
    return LOG.matcher(write.table().map(Relation::name).orElse("")).matches()
        || tree.all("SQLValueFunction").anyMatch(value -> value.text("op").contains("USER"))
        || tree.all("ColumnRef")
            .map(ref -> Trees.names(ref.at("fields")))
            .anyMatch(names -> !names.isEmpty() && LOG_WORDS.contains(names.getFirst()))
        || calls(tree).anyMatch(LOG_CALLS::contains);
  }
}
