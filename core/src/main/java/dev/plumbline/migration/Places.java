package dev.plumbline.migration;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.error.Position;

/**
 * Where the statements of a file stand: each is looked for from the one before, since counting the
 * lines from the beginning takes minutes where a file has tens of thousands of statements.
 */
final class Places {
  private final Fragment sql;
  private int last;
  private Position at;

  Places(Fragment sql) {
    this.sql = sql;
    this.at = sql.start();
  }

  /** Where the character at an offset stands; offsets come in their order. */
  Position at(int offset) {
    Fragment between = new Fragment(sql.text().substring(last, offset), at, sql.indent());
    at = between.at(offset - last);
    last = offset;
    return at;
  }
}
