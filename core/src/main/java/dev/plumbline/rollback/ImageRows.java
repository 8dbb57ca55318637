package dev.plumbline.rollback;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.journal.Images;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Exactly;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The before-images of one step beside the rows that they are of, as SQL: the images are {@code
 * plumb_i}, the table keeps its own name.
 *
 * @param columns the kept columns as the table has them now, in the order of the images
 * @param scope only these keys; empty: all
 */
record ImageRows(
    Dialect dialect, Images images, Table table, List<Column> columns, List<Key> scope) {
  ImageRows {
    columns = List.copyOf(columns);
    scope = List.copyOf(scope);
  }

  private ImageTable kept() {
    return images.table();
  }

  /** The images as a relation without a name. */
  Sql relation() {
    return dialect.readImages(kept(), types());
  }

  private List<String> types() {
    return columns.stream().map(Column::type).toList();
  }

  /** Puts a batch's images where {@link #unfolded} reads them, for this transaction. */
  List<Sql> unfold(long batch) {
    return dialect.unfoldImages(images.of(batch), images.step(), table.sql(), types());
  }

  /** The same over images that were unfolded. */
  ImageRows unfolded() {
    ImageTable unfolded = kept().unfolded(images.step());
    return new ImageRows(
        dialect,
        new Images(images.step(), images.change(), images.changed(), unfolded, images.statement()),
        table,
        columns,
        scope);
  }

  /** The images, under their name. */
  Sql from() {
    return Sql.of("{} AS plumb_i", relation());
  }

  /** The images with the rows that are there still. */
  Sql withRows() {
    return Sql.of("{} LEFT JOIN {} ON {}", from(), table.sql(), sameRow());
  }

  List<Sql> key() {
    return IntStream.rangeClosed(1, kept().key().size())
        .mapToObj(i -> Sql.of("plumb_i.k" + i))
        .toList();
  }

  List<Sql> rowKey() {
    return kept().key().stream().map(this::now).toList();
  }

  /** The row is the one that the image is of. */
  Sql sameRow() {
    List<Sql> equal = new ArrayList<>();
    for (int i = 0; i < key().size(); i++) {
      equal.add(Sql.of("{} = {}", rowKey().get(i), key().get(i)));
    }
    return Sql.join(" AND ", equal);
  }

  /** The row is not there. */
  Sql gone() {
    return Sql.of("{} IS NULL", rowKey().getFirst());
  }

  Sql before(Column column) {
    return Sql.of("plumb_i.b" + place(column));
  }

  Sql after(Column column) {
    return Sql.of("plumb_i.a" + place(column));
  }

  private int place(Column column) {
    return kept().columns().indexOf(column.name()) + 1;
  }

  Sql now(Column column) {
    return now(column.name());
  }

  private Sql now(String column) {
    return Sql.of("{}.{}", table.sql(), dialect.quote(column));
  }

  Sql same(Column column, Sql left, Sql right) {
    return Exactly.same(dialect, column, left, right);
  }

  Sql differ(Column column, Sql left, Sql right) {
    return Exactly.differ(dialect, column, left, right);
  }

  /** The image's key as the journal writes it. */
  Sql keyJson() {
    return dialect.keyJson(key());
  }

  /** The images in the rollback's scope. */
  Sql inScope() {
    return scope.isEmpty()
        ? Sql.of("TRUE")
        : Sql.of(
            "{} IN ({})",
            keyJson(),
            Sql.join(", ", scope.stream().map(k -> Sql.value(k.toJson())).toList()));
  }

  /**
   * The images of other rows than these.
   *
   * @param keys a query of one column: keys as the journal writes them
   */
  Sql notAmong(Sql keys) {
    return Sql.of("{} NOT IN ({})", keyJson(), keys);
  }

  /** The images of a part of a batch, within the scope. */
  Sql in(BatchPart part) {
    List<Sql> conditions = new ArrayList<>();
    conditions.add(Sql.of("plumb_i.batch = {}", part.batch()));
    Sql key = Sql.of("({})", Sql.join(", ", key()));
    part.after().ifPresent(k -> conditions.add(Sql.of("{} > ({})", key, bound(k))));
    part.upTo().ifPresent(k -> conditions.add(Sql.of("{} <= ({})", key, bound(k))));
    conditions.add(inScope());
    return Sql.join(" AND ", conditions);
  }

  private Sql bound(Key key) {
    return Sql.join(
        ", ",
        IntStream.range(0, kept().types().size())
            .mapToObj(i -> dialect.keyParameter(key.values().get(i), kept().types().get(i)))
            .toList());
  }

  /** The table's rows of a part. */
  Sql rowsOf(Restore.Part part) {
    return Sql.of(
        "({}) IN (SELECT {} FROM {} WHERE {}) AND {}",
        Sql.join(", ", rowKey()),
        Sql.join(", ", key()),
        from(),
        part.images(),
        part.rows());
  }

  /** The table's rows from one key up to another, both included. */
  Sql between(Key first, Key last) {
    Sql row = Sql.of("({})", Sql.join(", ", rowKey()));
    return Sql.of("{} >= ({}) AND {} <= ({})", row, bound(first), row, bound(last));
  }
}
