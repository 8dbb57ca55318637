package dev.plumbline.dialect;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The parts of a guard that keeps derived columns right.
 *
 * @param target the table with the derived columns, as in SQL
 * @param label its name without schema, quoted: how a condition on one row may call it
 * @param key the target's key, unquoted
 * @param where which of its rows the invariant is about, if not all
 * @param watched the target's columns whose change may make a row wrong
 * @param source what the expressions aggregate; empty: they are expressions of the row
 */
public record DeriveGuard(
    String target,
    String label,
    List<String> key,
    Optional<Sql> where,
    List<Derived> derived,
    List<GuardColumn> watched,
    Optional<Source> source) {

  /**
   * A derived column.
   *
   * @param expression over the source, or over the row
   * @param empty its value where the source has no rows, if stated
   */
  public record Derived(GuardColumn column, Sql expression, Optional<Sql> empty) {}

  /**
   * The rows that the expressions aggregate.
   *
   * @param table the table that they are in, as in SQL
   * @param key the table's key, unquoted; empty where there is none
   * @param watched the table's columns that matter
   * @param from the relation with its alias, as it stands after FROM
   * @param fromRows the same over rows given in the table's place
   * @param by the key's columns in the relation
   * @param rowsBy the same where the relation is made of given rows
   * @param types their types
   * @param equals the target's columns that they equal
   * @param hashed whether equal values of each pair have equal texts
   */
  public record Source(
      String table,
      List<String> key,
      List<GuardColumn> watched,
      Sql from,
      UnaryOperator<Sql> fromRows,
      List<Sql> by,
      List<Sql> rowsBy,
      List<String> types,
      List<GuardColumn> equals,
      List<Boolean> hashed) {}
}
