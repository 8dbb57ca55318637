package dev.plumbline.journal;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.Images.Change;
import java.util.List;
import java.util.Locale;

/** Where a run keeps its before-images: one table per step, with the changed table's own types. */
public final class BeforeImages {
  private final Session session;
  private final Dialect dialect;
  private final long run;

  public BeforeImages(Session session, long run) {
    this.session = session;
    this.dialect = session.dialect();
    this.run = run;
  }

  /**
   * Makes the place for a step's images, in the caller's transaction.
   *
   * @param changed the changed table, quoted
   * @param key its key columns
   * @param types the key's types
   * @param columns the columns kept
   * @param statement what the step does, for people
   */
  public Images create(
      int step,
      Change change,
      String changed,
      List<String> key,
      List<String> types,
      List<String> columns,
      String statement) {
    ImageTable table =
        new ImageTable(dialect.journalTable("image_" + run + "_" + step), 0, key, types, columns);
    try {
      dialect
          .createImages(table, changed, change != Change.INSERT, change != Change.DELETE)
          .forEach(session::execute);
    } catch (DatabaseException e) {
      throw e.kind() == FailureKind.PERMISSION ? noPlace(e) : e;
    }
    Images images = new Images(step, change, changed, table, statement);
    enter(images);
    return images;
  }

  private static PlumblineException noPlace(DatabaseException cause) {
    return new PlumblineException(
        ErrorCode.DENIED,
        "There is no place for before-images: " + cause.databaseMessage(),
        "Nothing was written: without before-images nothing could be taken back.",
        "Have a DBA grant this role CREATE on schema plumb, and run the command again.",
        cause);
  }

  /** Enters what is known of a step, in place of what was entered before. */
  public void enter(Images images) {
    forget(images.step());
    session.execute(
        Sql.of(
            """
            INSERT INTO {} (run, step, change, changed_table, image_table, key_columns, key_types,
              columns, statement)
            VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {})""",
            dialect.journalTable("images"),
            run,
            images.step(),
            Sql.value(images.change().word()),
            Sql.value(images.changed()),
            Sql.value(images.table().sql()),
            Sql.value(new Key(images.table().key()).toJson()),
            Sql.value(new Key(images.table().types()).toJson()),
            Sql.value(new Key(images.table().columns()).toJson()),
            Sql.value(images.statement())));
  }

  /** Forgets a step that has changed nothing. */
  public void forget(int step) {
    session.execute(
        Sql.of(
            "DELETE FROM {} WHERE run = {} AND step = {}",
            dialect.journalTable("images"),
            run,
            step));
  }

  /** The places of all steps, in the order of the steps. */
  public List<Images> list() {
    return session.query(
        Sql.of(
            """
            SELECT step, change, changed_table, image_table, key_columns, key_types, columns,
              statement
            FROM {} WHERE run = {} ORDER BY step""",
            dialect.journalTable("images"),
            run),
        row ->
            new Images(
                (int) row.number(1),
                Change.valueOf(row.required(2).toUpperCase(Locale.ROOT)),
                row.required(3),
                new ImageTable(
                    row.required(4),
                    0,
                    Key.fromJson(row.required(5)).values(),
                    Key.fromJson(row.required(6)).values(),
                    Key.fromJson(row.required(7)).values()),
                row.required(8)));
  }

  /**
   * Makes a step's images quick to find by their batch, where that is not so yet. They are written
   * without an index, which would cost the run a third of its speed.
   */
  public void index(Images images) {
    dialect
        .indexImages(images.table(), "plumb_image_" + run + "_" + images.step() + "_batch")
        .forEach(session::execute);
  }

  /** How many rows or objects a step changed. */
  public long count(Images images) {
    if (images.ofObject()) {
      return images.definition().isEmpty() ? 0 : 1;
    }
    return session.one(
        Sql.of("SELECT count(*) FROM {}", images.table().sql()), row -> row.number(1));
  }
}
