package dev.plumbline.dialect;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The parts of a guard for {@code every … has …}.
 *
 * @param target the table that must have the matches, as in SQL
 * @param match its columns that equal the key
 * @param sets the columns of a new row besides: first those of {@code with}, in its order
 * @param with how many of these a match must hold
 * @param query the query in {@code every}, in parentheses and with its alias
 * @param where which of its rows the invariant is about; {@code TRUE} for all
 * @param key its key columns, over the alias
 * @param types their types
 * @param sources the tables of the query whose writes can ask for further matches
 * @param joined whether those are several: then all their writers take one turn
 */
public record EveryGuard(
    String target,
    List<GuardColumn> match,
    List<Setting> sets,
    int with,
    Sql query,
    Sql where,
    List<Sql> key,
    List<String> types,
    List<Boolean> hashed,
    List<Source> sources,
    boolean joined) {

  /**
   * A column of the target and what it is set to, over a row of the query.
   *
   * @param literal whether that is the same for all rows
   */
  public record Setting(GuardColumn column, Sql value, boolean literal) {}

  /**
   * A table of the query.
   *
   * @param table as in SQL
   * @param identity its key, unquoted; empty where there is none
   * @param watched its columns that matter
   * @param inserts whether a new row can ask for a match: not where another source's foreign key
   *     must point at it
   * @param rowsOf the query over given rows in the table's place, once for each of its places
   */
  public record Source(
      String table,
      List<String> identity,
      List<GuardColumn> watched,
      boolean inserts,
      List<UnaryOperator<Sql>> rowsOf) {}
}
