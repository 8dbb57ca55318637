package dev.plumbline.invariant;

import dev.plumbline.dialect.Fragment;
import java.math.BigDecimal;

/** What a column is set to: a literal, or an expression over the row at hand. */
public sealed interface Value {

  /** {@code null}. */
  record Null() implements Value {}

  record Text(String text) implements Value {}

  record Number(BigDecimal number) implements Value {}

  record Bool(boolean value) implements Value {}

  /** {@code sql: …}. */
  record Expression(Fragment sql) implements Value {}
}
