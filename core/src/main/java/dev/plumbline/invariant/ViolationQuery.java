package dev.plumbline.invariant;

import dev.plumbline.dialect.Sql;
import dev.plumbline.error.Problem;
import dev.plumbline.schema.Column;
import java.util.List;
import java.util.Optional;

/** An invariant compiled for one database: the SQL that finds where it does not hold. */
public sealed interface ViolationQuery permits DeriveQuery, EveryQuery, NoneQuery, AgreeQuery {

  Invariant invariant();

  /** The columns that identify a violation; empty where the table has no usable key. */
  List<Column> key();

  /** All columns of {@link #rows}, those of the key first. */
  List<Column> columns();

  /** One row per violation, in no order. */
  Sql rows(Narrowing narrowing);

  /**
   * One row: rows looked at, population (or NULL), violations, missing, inactive, ambiguous, with a
   * NULL in the key, recent (or NULL).
   */
  Sql counts(Narrowing narrowing);

  /** The segment's value as text and its counts, a row for each; empty without {@code segment}. */
  Optional<Sql> segments(Narrowing narrowing);

  /** Queries that must return nothing for the other queries to make sense. */
  List<Check> checks();

  /**
   * @param query returns an example of what must not be
   * @param problem what it means; {@code text} is completed with the example
   */
  record Check(Sql query, Problem problem) {}
}
