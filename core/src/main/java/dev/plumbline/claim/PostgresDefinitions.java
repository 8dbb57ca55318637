package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what PostgreSQL prints. Where texts differ, only trees that are equal but for casts are
 * the same: a dump and restore moves casts to other places. For one thread.
 */
record PostgresDefinitions(Printed printed) implements Definitions {
  /** A column's type and {@code NOT NULL}, and what fills it. */
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?s)(.*?)(?:( DEFAULT | GENERATED ALWAYS AS \\()(.*?)((?<=\\)) STORED| VIRTUAL)?)?");

  /** A definition, and what state it is in. */
  private static final Pattern WITH_STATE =
      Pattern.compile("(?s)(.*?)((?: \\([a-z ]+\\)| NOT VALID| NOT ENFORCED)*)");

  @Override
  public Likeness likeness(Kind kind, String one, String other) {
    return switch (kind) {
      case COLUMN -> column(one, other);
      case INDEX -> inState(one, other, statements(Shapes::index));
      case TRIGGER -> inState(one, other, statements(Shapes::trigger));
      case CONSTRAINT -> inState(one, other, this::constraint);
      case POLICY -> policy("CREATE POLICY p ON t " + one, "CREATE POLICY p ON t " + other);
      case VIEW, MATERIALIZED_VIEW, RELATION ->
          view("CREATE VIEW v " + one, "CREATE VIEW v " + other);
      case TABLE, FOREIGN_TABLE ->
          unsureIf(one.contains("PARTITION") || other.contains("PARTITION"));
      case DOMAIN -> unsureIf(one.contains("CHECK") || one.contains("DEFAULT"));
      case FUNCTION, PROCEDURE -> unsureIf(isStandard(one) && isStandard(other));
      case AGGREGATE, SEQUENCE, TYPE, SCHEMA, EXTENSION -> Likeness.DIFFERENT;
    };
  }

  private static Likeness unsureIf(boolean unsure) {
    return unsure ? Likeness.UNSURE : Likeness.DIFFERENT;
  }

  /** A body in SQL's own form is printed from its tree, any other as it was written. */
  private static boolean isStandard(String function) {
    return function.contains("BEGIN ATOMIC") || function.contains("\nRETURN ");
  }

  private Likeness column(String one, String other) {
    Matcher a = COLUMN.matcher(one);
    Matcher b = COLUMN.matcher(other);
    boolean same = a.matches() && b.matches();
    for (int part : new int[] {1, 2, 4}) {
      same = same && Optional.ofNullable(a.group(part)).equals(Optional.ofNullable(b.group(part)));
    }
    if (!same || a.group(3) == null) {
      return Likeness.DIFFERENT;
    }
    String close = a.group(4) == null ? "" : "(";
    return trees(
        printed.expression(close + a.group(3)),
        printed.expression(close + b.group(3)),
        Expressions::likeness);
  }

  private Likeness inState(
      String one, String other, BiFunction<String, String, Likeness> definitions) {
    Matcher a = WITH_STATE.matcher(one);
    Matcher b = WITH_STATE.matcher(other);
    boolean same = a.matches() && b.matches() && a.group(2).equals(b.group(2));
    return same ? definitions.apply(a.group(1), b.group(1)) : Likeness.DIFFERENT;
  }

  private BiFunction<String, String, Likeness> statements(
      BiFunction<Node, Node, Likeness> compare) {
    return (one, other) -> trees(printed.statement(one), printed.statement(other), compare);
  }

  private Likeness constraint(String one, String other) {
    Node a = printed.constraint(one);
    Node b = printed.constraint(other);
    return a.text("contype").equals(b.text("contype"))
        ? trees(a, b, Shapes::constraint)
        : Likeness.DIFFERENT;
  }

  private Likeness policy(String one, String other) {
    Node a = printed.statement(one);
    Node b = printed.statement(other);
    boolean same =
        a.text("cmd_name").equals(b.text("cmd_name"))
            && a.is("permissive") == b.is("permissive")
            && Shapes.same(a.at("roles"), b.at("roles"));
    return same
        ? trees(a, b, (x, y) -> condition("qual", x, y).and(condition("with_check", x, y)))
        : Likeness.DIFFERENT;
  }

  private static Likeness condition(String field, Node one, Node other) {
    return Shapes.condition(
        one.at(field), Optional.of(other.at(field)).filter(n -> !n.equals(Node.Fields.NONE)));
  }

  /** From PostgreSQL 16 on a column of the only table is printed without the table. */
  private Likeness view(String one, String other) {
    return trees(
        ofOneTable(printed.statement(one)),
        ofOneTable(printed.statement(other)),
        (a, b) -> Likeness.UNSURE);
  }

  private static Node ofOneTable(Node view) {
    boolean one =
        view.at("query").having("relname").count() == 1
            && view.having("RangeSubselect").findAny().isEmpty();
    return one ? Trees.withoutQualifiers(view) : view;
  }

  /** What a comparison finds the same it may have found so by not looking at all of it. */
  private static Likeness trees(Node one, Node other, BiFunction<Node, Node, Likeness> compare) {
    if (one.equals(Node.Fields.NONE) || other.equals(Node.Fields.NONE)) {
      return Likeness.UNSURE;
    }
    return Shapes.same(Trees.withoutCasts(one), Trees.withoutCasts(other))
        ? Likeness.SAME
        : Likeness.UNSURE.and(compare.apply(one, other));
  }
}
