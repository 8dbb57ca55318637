package dev.plumbline.dialect;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the before-images of one step of a run are kept.
 *
 * @param sql the table, quoted and qualified
 * @param part which of its rows they are; empty where the table is theirs alone
 * @param batch the number of the batch at hand
 * @param key the changed table's key columns, unquoted; kept as {@code k1}, {@code k2}, …
 * @param types the key columns' types
 * @param columns the kept columns of the changed table, unquoted; before as {@code b1}, …, after as
 *     {@code a1}, …
 */
public record ImageTable(
    String sql,
    Optional<Part> part,
    long batch,
    List<String> key,
    List<String> types,
    List<String> columns) {

  /**
   * The rows of one step in the table that all runs share. Values are text there, in arrays {@code
   * k}, {@code b} and {@code a}.
   */
  public record Part(long run, int step) {}

  public ImageTable {
    key = List.copyOf(key);
    types = List.copyOf(types);
    columns = List.copyOf(columns);
  }

  /** A table of their own. */
  public ImageTable(
      String sql, long batch, List<String> key, List<String> types, List<String> columns) {
    this(sql, Optional.empty(), batch, key, types, columns);
  }

  /** The same place for another batch. */
  public ImageTable of(long other) {
    return new ImageTable(sql, part, other, key, types, columns);
  }

  /** Where {@link Dialect#unfoldImages} puts the images of a step. */
  public ImageTable unfolded(int step) {
    return new ImageTable("pg_temp.plumb_image_" + step, batch, key, types, columns);
  }

  /** Where the key is kept. */
  List<String> keptKey() {
    return numbered("k", key);
  }

  /** Where rows as they were are kept. */
  List<String> keptBefore() {
    return numbered("b", columns);
  }

  /** Where rows as they became are kept. */
  List<String> keptAfter() {
    return numbered("a", columns);
  }

  private static List<String> numbered(String letter, List<String> columns) {
    return IntStream.rangeClosed(1, columns.size()).mapToObj(i -> letter + i).toList();
  }
}
