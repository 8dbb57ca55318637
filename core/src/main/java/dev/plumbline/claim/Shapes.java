package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares indexes, constraints, triggers and policies as written with those that are printed. */
final class Shapes {
  /** Operator classes that are never the default, so that their absence is seen. */
  private static final Set<String> NEVER_DEFAULT =
      Set.of(
          "text_pattern_ops",
          "varchar_pattern_ops",
          "bpchar_pattern_ops",
          "gin_trgm_ops",
          "gist_trgm_ops",
          "jsonb_path_ops");

  private Shapes() {}

  /** Whether two trees are equal but for their places in the text. */
  static boolean same(Node a, Node b) {
    return withoutPlaces(a).equals(withoutPlaces(b));
  }

  private static Node withoutPlaces(Node node) {
    return switch (node) {
      case Node.Leaf leaf -> leaf;
      case Node.Place place -> Node.Fields.NONE;
      case Node.Items items ->
          new Node.Items(items.items().stream().map(Shapes::withoutPlaces).toList());
      case Node.Fields fields -> {
        Map<String, Node> rest = new HashMap<>();
        fields
            .fields()
            .forEach(
                (name, value) -> {
                  if (!(value instanceof Node.Place) && !name.equals("location")) {
                    rest.put(name, withoutPlaces(value));
                  }
                });
        yield new Node.Fields(rest);
      }
    };
  }

  // --- indexes --------------------------------------------------------------------------------

  static Likeness index(Node written, Node printed) {
    return Likeness.of(written.is("unique") == printed.is("unique"))
        .and(method(written, printed))
        .and(flag("nulls_not_distinct", written, printed))
        .and(elements(written.at("indexParams"), printed.at("indexParams")))
        .and(elements(written.at("indexIncludingParams"), printed.at("indexIncludingParams")))
        .and(optional(written.at("whereClause"), printed.at("whereClause")));
  }

  private static Likeness method(Node written, Node printed) {
    String one = written.text("accessMethod");
    String other = printed.text("accessMethod");
    return Likeness.of(
        (one.isEmpty() ? "btree" : one).equals(other.isEmpty() ? "btree" : other)
            || one.equals("rtree"));
  }

  private static Likeness flag(String field, Node written, Node printed) {
    return Likeness.of(written.is(field) == printed.is(field));
  }

  /** An expression that is there, or not, in both. */
  private static Likeness optional(Node written, Node printed) {
    boolean one = !written.equals(Node.Fields.NONE);
    boolean other = !printed.equals(Node.Fields.NONE);
    if (one != other) {
      return Likeness.DIFFERENT;
    }
    return one ? Expressions.likeness(written, printed) : Likeness.SAME;
  }

  private static Likeness elements(Node written, Node printed) {
    return Likeness.each(
        written.items(),
        printed.items(),
        Likeness.DIFFERENT,
        (a, b) -> element(a.at("IndexElem"), b.at("IndexElem")));
  }

  private static Likeness element(Node written, Node printed) {
    Likeness value = Expressions.likeness(value(written), value(printed));
    boolean columns = value(written).has("ColumnRef") != value(printed).has("ColumnRef");
    return value
        .and(columns ? Likeness.DIFFERENT : Likeness.SAME)
        .and(Likeness.of(isDescending(written) == isDescending(printed)))
        .and(Likeness.of(nullsFirst(written) == nullsFirst(printed)))
        .and(operatorClass(written, printed))
        .and(collation(written, printed));
  }

  /** {@code (a)} and {@code ((a))} are the same column. */
  private static Node value(Node element) {
    String name = element.text("name");
    return name.isEmpty()
        ? element.at("expr")
        : Trees.with(
            Node.Fields.NONE,
            "ColumnRef",
            Trees.with(Node.Fields.NONE, "fields", Trees.list(List.of(name))));
  }

  private static boolean isDescending(Node element) {
    return element.text("ordering").equals("SORTBY_DESC");
  }

  private static boolean nullsFirst(Node element) {
    return switch (element.text("nulls_ordering")) {
      case "SORTBY_NULLS_FIRST" -> true;
      case "SORTBY_NULLS_LAST" -> false;
      default -> isDescending(element);
    };
  }

  /** A default one is not printed. */
  private static Likeness operatorClass(Node written, Node printed) {
    List<String> one = Trees.strings(written.at("opclass"));
    List<String> other = Trees.strings(printed.at("opclass"));
    if (!one.isEmpty() && !other.isEmpty()) {
      return Likeness.of(one.getLast().equals(other.getLast()));
    }
    if (one.isEmpty() && other.isEmpty()) {
      return Likeness.SAME;
    }
    List<String> stated = one.isEmpty() ? other : one;
    return NEVER_DEFAULT.contains(stated.getLast()) ? Likeness.DIFFERENT : Likeness.UNSURE;
  }

  private static Likeness collation(Node written, Node printed) {
    List<String> one = Trees.strings(written.at("collation"));
    List<String> other = Trees.strings(printed.at("collation"));
    boolean both = !one.isEmpty() && !other.isEmpty();
    return both ? Likeness.of(one.getLast().equals(other.getLast())) : Likeness.SAME;
  }

  // --- constraints ----------------------------------------------------------------------------

  /** Of the same type. */
  static Likeness constraint(Node written, Node printed) {
    return switch (written.text("contype")) {
      case "CONSTR_CHECK" -> Expressions.likeness(written.at("raw_expr"), printed.at("raw_expr"));
      case "CONSTR_UNIQUE", "CONSTR_PRIMARY" ->
          list("keys", written, printed)
              .and(list("including", written, printed))
              .and(flag("nulls_not_distinct", written, printed))
              .and(deferral(written, printed));
      case "CONSTR_FOREIGN" -> foreignKey(written, printed);
      default -> Likeness.UNSURE;
    };
  }

  private static Likeness list(String field, Node written, Node printed) {
    return Likeness.of(Trees.strings(written.at(field)).equals(Trees.strings(printed.at(field))));
  }

  private static Likeness deferral(Node written, Node printed) {
    // INITIALLY DEFERRED alone implies DEFERRABLE.
    boolean deferrable = written.is("deferrable") || written.is("initdeferred");
    return Likeness.of(deferrable == printed.is("deferrable"))
        .and(flag("initdeferred", written, printed));
  }

  private static Likeness foreignKey(Node written, Node printed) {
    Likeness columns = written.has("pk_attrs") ? list("pk_attrs", written, printed) : Likeness.SAME;
    String table = written.at("pktable").text("relname");
    return list("fk_attrs", written, printed)
        .and(Likeness.of(table.equals(printed.at("pktable").text("relname"))))
        .and(columns)
        .and(text("fk_upd_action", written, printed))
        .and(text("fk_del_action", written, printed))
        .and(text("fk_matchtype", written, printed))
        .and(deferral(written, printed));
  }

  private static Likeness text(String field, Node written, Node printed) {
    return Likeness.of(written.text(field).equals(printed.text(field)));
  }

  // --- triggers, policies ---------------------------------------------------------------------

  static Likeness trigger(Node written, Node printed) {
    return text("timing", written, printed)
        .and(text("events", written, printed))
        .and(flag("row", written, printed))
        .and(
            Likeness.of(
                Trees.strings(written.at("funcname"))
                    .getLast()
                    .equals(Trees.strings(printed.at("funcname")).getLast())))
        .and(
            Likeness.of(
                new TreeSet<>(Trees.strings(written.at("columns")))
                    .equals(new TreeSet<>(Trees.strings(printed.at("columns"))))))
        .and(list("args", written, printed))
        .and(optional(written.at("whenClause"), printed.at("whenClause")));
  }

  /**
   * @param printed the policy's conditions, as the database prints them
   */
  static Likeness condition(Node written, Optional<Node> printed) {
    return optional(written, printed.orElse(Node.Fields.NONE));
  }

  /** What an index is on, for people: {@code (status, lower(name))}. */
  static Optional<String> columnsOf(String definition) {
    int start = definition.indexOf(" USING ");
    int open = start < 0 ? -1 : definition.indexOf('(', start);
    return open < 0 ? Optional.empty() : Optional.of(definition.substring(open));
  }
}
