package dev.plumbline.rollback;

import dev.plumbline.dialect.Sql;
import dev.plumbline.rollback.Restore.View;
import dev.plumbline.schema.ForeignKey;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A foreign key by which a row that is to leave may be held.
 *
 * @param table the referencing table
 * @param inserted the rows of that table that the same run inserted; they leave first
 */
record Reference(ForeignKey key, Table table, List<ImageRows> inserted) {
  Reference {
    inserted = List.copyOf(inserted);
  }

  /** Whether another row refers to the row of the image. */
  Sql exists(ImageRows rows, View view) {
    List<Sql> conditions = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      conditions.add(
          Sql.of(
              "{} = {}.{}",
              referring(rows, key.columns().get(i)),
              rows.table().sql(),
              rows.dialect().quote(key.referenced().get(i))));
    }
    if (table.sql().equals(rows.table().sql())) {
      conditions.add(Sql.of("NOT ({})", itself(rows)));
    }
    if (view == View.FORESEEN) {
      inserted.forEach(i -> conditions.add(Sql.of("NOT EXISTS ({})", leaving(i))));
    }
    return Sql.of(
        "EXISTS (SELECT 1 FROM {} AS plumb_r WHERE {})",
        table.sql(),
        Sql.join(" AND ", conditions));
  }

  private static Sql referring(ImageRows rows, String column) {
    return Sql.of("plumb_r.{}", rows.dialect().quote(column));
  }

  private static Sql itself(ImageRows rows) {
    List<Sql> equal = new ArrayList<>();
    for (int i = 0; i < rows.rowKey().size(); i++) {
      equal.add(
          Sql.of(
              "{} = {}",
              referring(rows, rows.images().table().key().get(i)),
              rows.rowKey().get(i)));
    }
    return Sql.join(" AND ", equal);
  }

  private static Sql leaving(ImageRows inserted) {
    List<Sql> equal = new ArrayList<>();
    for (int i = 0; i < inserted.key().size(); i++) {
      equal.add(
          Sql.of(
              "{} = plumb_x.k{}",
              referring(inserted, inserted.images().table().key().get(i)),
              i + 1));
    }
    return Sql.of(
        "SELECT 1 FROM {} AS plumb_x WHERE {}", inserted.relation(), Sql.join(" AND ", equal));
  }
}
