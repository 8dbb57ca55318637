package dev.plumbline.rollback;

import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.Sql;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.schema.Column;
import java.util.List;
import java.util.Optional;

/** Takes a delete back: a row returns with its key, unless a row with that key is there. */
record ReturnRows(ImageRows rows) implements Restore {

  @Override
  public Restore over(ImageRows others) {
    return new ReturnRows(others);
  }

  @Override
  public Change change() {
    return Change.INSERT;
  }

  @Override
  public Sql standing(Column c, View view) {
    return Sql.of(
        "CASE WHEN {} THEN {} WHEN {} THEN {} ELSE {} END",
        rows.gone(),
        Standing.RESTORABLE,
        rows.differ(c, rows.now(c), rows.before(c)),
        Standing.CONFLICT,
        Standing.ALREADY);
  }

  @Override
  public Sql reason(View view) {
    return Sql.of("CAST(NULL AS text)");
  }

  @Override
  public Sql restorable(View view) {
    return Sql.of("({})", rows.gone());
  }

  @Override
  public Optional<Sql> lock(Part part) {
    return Optional.empty();
  }

  @Override
  public List<Sql> statements(Part part, ImageTable own) {
    List<Column> written = rows.columns().stream().filter(c -> !c.generated()).toList();
    return rows.dialect()
        .insertBack(
            rows.table().sql(),
            written.stream().map(Column::name).toList(),
            Sql.of(
                "SELECT {} FROM {}\nWHERE {} AND NOT EXISTS (\n  SELECT 1 FROM {} WHERE {})\nORDER BY {}",
                Sql.join(", ", written.stream().map(rows::before).toList()),
                rows.from(),
                part.images(),
                rows.table().sql(),
                rows.sameRow(),
                Sql.join(", ", rows.key())),
            own);
  }

  @Override
  public String undone() {
    return "kept it from returning or took it away again";
  }

  @Override
  public String summary() {
    return "INSERT INTO " + rows.table().written() + " the rows that the run deleted";
  }
}
