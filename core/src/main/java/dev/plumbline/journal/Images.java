package dev.plumbline.journal;

import dev.plumbline.dialect.ImageTable;
import java.util.Locale;

/**
 * Where the before-images of one step of a run are.
 *
 * @param step its place in the run, from 1
 * @param changed the changed table, quoted
 * @param table the images; its batch is that of the moment
 * @param statement what the step does, for people
 */
public record Images(int step, Change change, String changed, ImageTable table, String statement) {

  /** What was done to the rows. */
  public enum Change {
    INSERT,
    UPDATE,
    DELETE,
    /** A schema object was made. */
    CREATE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same place for another batch. */
  public ImageTable of(long batch) {
    return new ImageTable(table.sql(), batch, table.key(), table.types(), table.columns());
  }
}
