package dev.plumbline.object;

/** What of an object a statement makes, changes or drops. */
enum Aspect {
  /** The object itself. */
  WHOLE,
  /** Of a column, as all until {@link #GENERATION}. */
  TYPE,
  NULLABILITY,
  DEFAULT,
  GENERATION,
  /** Of a constraint: whether the rows were held to it. */
  VALIDATION,
  /** Of a trigger: whether and when it fires. */
  FIRING,
  /** Of a table. */
  ROW_SECURITY,
  FORCED_ROW_SECURITY,
  /** Of an enum. */
  VALUES,
  COMMENT
}
