package dev.plumbline.journal;

import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.Key;
import dev.plumbline.schema.TableName;
import java.util.List;
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

  /** The place of images that are kept no longer. */
  private static final String PURGED = "";

  /** Whether the images are kept no longer. */
  public boolean purged() {
    return table.sql().equals(PURGED);
  }

  /** How people call the changed table. */
  public String changedLabel() {
    return TableName.label(changed);
  }

  /** What was done to the rows. */
  public enum Change {
    INSERT,
    UPDATE,
    DELETE,
    /** A schema object was made. */
    CREATE,
    /** A schema object was altered or replaced. */
    ALTER,
    /** A schema object was dropped. */
    DROP;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is kept of a schema object, which has no table of images.
   *
   * @param table the table that it belongs to, quoted
   * @param object its name, quoted and qualified
   * @param name its name, unquoted
   * @param definition the statement that makes it, as the database writes it; empty while it is not
   *     known yet whether it could be made
   */
  public static Images ofObject(
      int step,
      Change change,
      String table,
      String object,
      String name,
      String definition,
      String statement) {
    return new Images(
        step,
        change,
        table,
        new ImageTable(object, 0, List.of(name), List.of("index"), List.of(definition)),
        statement);
  }

  private static final String BY_STATEMENT = "statement";

  /**
   * What is kept of a statement that changed the schema, other than to make or drop an index.
   *
   * @param kind the word for the object
   * @param image what it did and what takes it back, as {@code ObjectImage} writes it
   */
  public static Images ofStatement(
      int step,
      Change change,
      String table,
      String object,
      String name,
      String kind,
      List<String> image,
      String statement) {
    return new Images(
        step,
        change,
        table,
        new ImageTable(object, 0, List.of(name), List.of(kind, BY_STATEMENT), image),
        statement);
  }

  /** Whether it is of a statement. */
  public boolean ofStatement() {
    return ofObject() && table.types().contains(BY_STATEMENT);
  }

  /** The word for the object. */
  public String objectKind() {
    return table.types().getFirst();
  }

  /** What a statement did, and what takes it back. */
  public List<String> statementImage() {
    return table.columns();
  }

  /** The same of a statement whose image is another by now. */
  public Images withStatementImage(List<String> image) {
    return ofStatement(
        step, change, changed, object(), objectKey().toString(), objectKind(), image, statement);
  }

  /** Whether it is of a schema object, not of rows. */
  public boolean ofObject() {
    return switch (change) {
      case CREATE, ALTER, DROP -> true;
      case INSERT, UPDATE, DELETE -> false;
    };
  }

  /** The object's name, quoted and qualified. */
  public String object() {
    return table.sql();
  }

  /** The object's name as the journal writes a key. */
  public Key objectKey() {
    return new Key(table.key());
  }

  /** The statement that makes the object, as the database writes it. */
  public String definition() {
    return table.columns().getFirst();
  }

  /** The same place for another batch. */
  public ImageTable of(long batch) {
    return table.of(batch);
  }
}
