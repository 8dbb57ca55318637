package dev.plumbline.rollback;

import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.Sql;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.schema.Column;
import java.util.List;
import java.util.Optional;

/** The way back of one step that changed rows. Conditions are over {@link ImageRows#withRows}. */
sealed interface Restore permits SetBack, RemoveRows, ReturnRows {

  /** Which rows a condition about references takes as there. */
  enum View {
    /** As they are. */
    NOW,
    /** As they will be when the later steps of the run are taken back. */
    FORESEEN
  }

  /**
   * What is restored at once.
   *
   * @param images a condition over the images
   * @param rows a condition over the table's rows that holds for all rows of these images; it keeps
   *     the database from looking for them in the whole table
   */
  record Part(Sql images, Sql rows) {}

  ImageRows rows();

  /** The same by images that lie elsewhere. */
  Restore over(ImageRows others);

  /** What it does to the rows. */
  Change change();

  /** Whether a row goes back as a whole or not at all. */
  default boolean whole() {
    return true;
  }

  /** The columns of which it keeps before-images itself. */
  default List<String> imaged() {
    return rows().table().columnNames();
  }

  /** The columns by which a row is judged. */
  default List<Column> judged() {
    return rows().columns();
  }

  /** How a column stands: one of the numbers in {@link Standing}. */
  Sql standing(Column column, View view);

  /** Why a row is kept, where that is not a matter of single columns; else NULL. */
  Sql reason(View view);

  /** Whether there is anything to restore. */
  Sql restorable(View view);

  /** Locks the rows of a part; empty where none are there yet. */
  Optional<Sql> lock(Part part);

  /** Restores what the images of a part tell, and keeps before-images. */
  List<Sql> statements(Part part, ImageTable own);

  /** Whether rows may keep each other until others of the same step are gone. */
  default boolean repeats() {
    return false;
  }

  /** What a trigger has done where a row is after the rollback's write as the run left it. */
  String undone();

  /** Whether a column of the row was restored, although another is as the run left it. */
  default Sql inPart() {
    return Sql.of("FALSE");
  }

  /** The names of the columns that are as the run left them, each after a comma. */
  default Sql left() {
    return Sql.of("''");
  }

  /** For people. */
  String summary();
}
