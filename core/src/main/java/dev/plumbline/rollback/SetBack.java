package dev.plumbline.rollback;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.Sql;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes an update back, column by column: what holds still what the run wrote gets its old value.
 *
 * @param changed the columns that the run changed in at least one row; the others are left alone,
 *     whoever has written them since
 */
record SetBack(ImageRows rows, List<Column> changed) implements Restore {
  SetBack {
    changed = List.copyOf(changed);
  }

  @Override
  public Restore over(ImageRows others) {
    return new SetBack(others, changed);
  }

  @Override
  public Change change() {
    return Change.UPDATE;
  }

  /** A row trigger may change any column: then the whole row is kept. */
  @Override
  public List<String> imaged() {
    return rows.table().triggers().isEmpty() ? names() : rows.table().columnNames();
  }

  private List<String> names() {
    return changed.stream().map(Column::name).toList();
  }

  @Override
  public List<Column> judged() {
    return changed;
  }

  @Override
  public boolean whole() {
    return false;
  }

  @Override
  public Sql standing(Column c, View view) {
    return Sql.of(
        "CASE WHEN NOT ({}) THEN {} WHEN {} THEN {} WHEN {} THEN {} WHEN {} THEN {} ELSE {} END",
        touched(c),
        Standing.UNTOUCHED,
        rows.gone(),
        Standing.CONFLICT,
        asTheRunLeftIt(c),
        Standing.RESTORABLE,
        rows.same(c, rows.now(c), rows.before(c)),
        Standing.ALREADY,
        Standing.CONFLICT);
  }

  private Sql touched(Column c) {
    return rows.differ(c, rows.before(c), rows.after(c));
  }

  private Sql asTheRunLeftIt(Column c) {
    return rows.same(c, rows.now(c), rows.after(c));
  }

  private Sql restorable(Column c) {
    return Sql.of("({} AND {})", touched(c), asTheRunLeftIt(c));
  }

  @Override
  public Sql reason(View view) {
    return Sql.of("CASE WHEN {} THEN 'the row is gone' END", rows.gone());
  }

  @Override
  public Sql restorable(View view) {
    return Sql.of(
        "(NOT ({}) AND ({}))",
        rows.gone(),
        Sql.join(" OR ", changed.stream().map(this::restorable).toList()));
  }

  @Override
  public Optional<Sql> lock(Part part) {
    return rows.dialect()
        .lockRows(rows.table().sql(), rows.images().table().key(), rows.rowsOf(part));
  }

  @Override
  public List<Sql> statements(Part part, ImageTable own) {
    Dialect dialect = rows.dialect();
    List<Sql> items = new ArrayList<>(dialect.rowAddress(rows.table().sql()));
    items.addAll(rows.rowKey());
    changed.forEach(c -> items.add(rows.now(c)));
    changed.forEach(
        c ->
            items.add(
                Sql.of(
                    "CASE WHEN {} THEN {} ELSE {} END AS {}",
                    restorable(c),
                    rows.before(c),
                    rows.now(c),
                    dialect.quote("right_" + c.name()))));
    Sql restored =
        Sql.of(
            "SELECT {}\nFROM {} JOIN {} ON {}\nWHERE {} AND {} AND {}",
            Sql.join(", ", items),
            rows.from(),
            rows.table().sql(),
            rows.sameRow(),
            part.images(),
            part.rows(),
            restorable(View.NOW));
    return dialect.updateFrom(rows.table().sql(), restored, rows.rowsOf(part), names(), own);
  }

  @Override
  public String undone() {
    return "set it again";
  }

  @Override
  public Sql inPart() {
    return Sql.of(
        "({})",
        Sql.join(
            " OR ",
            changed.stream()
                .map(
                    c ->
                        Sql.of(
                            "({} AND {})", touched(c), rows.same(c, rows.now(c), rows.before(c))))
                .toList()));
  }

  @Override
  public Sql left() {
    return Sql.join(
        " || ",
        changed.stream()
            .map(
                c ->
                    Sql.of(
                        "CASE WHEN {} THEN {} ELSE '' END",
                        restorable(c),
                        rows.dialect().literal(", " + c.name())))
            .toList());
  }

  @Override
  public String summary() {
    return "UPDATE "
        + rows.table().written()
        + " SET "
        + names().stream().map(n -> n + " = its old value").collect(Collectors.joining(", "));
  }
}
