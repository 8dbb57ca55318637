package dev.plumbline.rollback;

import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.Sql;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes an insert back: a row leaves if it is as the run inserted it and nothing refers to it. */
record RemoveRows(ImageRows rows, List<Reference> references) implements Restore {
  RemoveRows {
    references = List.copyOf(references);
  }

  @Override
  public Restore over(ImageRows others) {
    return new RemoveRows(others, references);
  }

  @Override
  public Change change() {
    return Change.DELETE;
  }

  @Override
  public Sql standing(Column c, View view) {
    return Sql.of(
        "CASE WHEN {} THEN {} WHEN {} OR {} THEN {} ELSE {} END",
        rows.gone(),
        Standing.ALREADY,
        changed(c),
        referenced(view),
        Standing.CONFLICT,
        Standing.RESTORABLE);
  }

  private Sql changed() {
    return Sql.of("({})", Sql.join(" OR ", rows.columns().stream().map(this::changed).toList()));
  }

  private Sql changed(Column c) {
    return rows.differ(c, rows.now(c), rows.after(c));
  }

  private Sql referenced(View view) {
    return references.isEmpty()
        ? Sql.of("FALSE")
        : Sql.of(
            "({})", Sql.join(" OR ", references.stream().map(r -> r.exists(rows, view)).toList()));
  }

  @Override
  public Sql reason(View view) {
    List<Sql> tables = new ArrayList<>();
    for (Reference reference : references) {
      tables.add(
          Sql.of(
              "CASE WHEN {} THEN {} ELSE '' END",
              reference.exists(rows, view),
              rows.dialect().literal(", " + reference.table().label())));
    }
    return tables.isEmpty()
        ? Sql.of("CAST(NULL AS text)")
        : Sql.of(
            "CASE WHEN {} THEN 'referenced by: ' || substr({}, 3) END",
            referenced(view),
            Sql.join(" || ", tables));
  }

  @Override
  public Sql restorable(View view) {
    return Sql.of("(NOT ({}) AND NOT {} AND NOT {})", rows.gone(), changed(), referenced(view));
  }

  @Override
  public Optional<Sql> lock(Part part) {
    return rows.dialect()
        .lockRowsToDelete(rows.table().sql(), rows.images().table().key(), rows.rowsOf(part));
  }

  @Override
  public List<Sql> statements(Part part, ImageTable own) {
    Sql unchanged =
        Sql.of(
            "({}) IN (\n  SELECT {} FROM {} JOIN {} ON {}\n  WHERE {} AND {} AND NOT {} AND NOT {})",
            Sql.join(", ", rows.rowKey()),
            Sql.join(", ", rows.key()),
            rows.from(),
            rows.table().sql(),
            rows.sameRow(),
            part.images(),
            part.rows(),
            changed(),
            referenced(View.NOW));
    return rows.dialect().deleteRows(rows.table().sql(), unchanged, own);
  }

  /** Of rows that refer to each other, those that nothing refers to go first. */
  @Override
  public boolean repeats() {
    return references.stream().anyMatch(r -> r.table().sql().equals(rows.table().sql()));
  }

  @Override
  public String undone() {
    return "kept it or brought it back";
  }

  @Override
  public String summary() {
    return "DELETE FROM " + rows.table().written() + " the rows that the run inserted";
  }
}
