package dev.plumbline.journal;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.ImagePlace;
import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.ImageTable.Part;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.Images.Change;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where a run keeps its before-images: one table per step, with the changed table's own types, or a
 * part of the table that all runs share, as text.
 */
public final class BeforeImages {
  private static final int LOOKED_AT = 1_000;

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
        switch (place(session)) {
          case OWN ->
              new ImageTable(
                  dialect.journalTable("image_" + run + "_" + step), 0, key, types, columns);
          case SHARED -> shared(step, key, types, columns);
          case NONE -> throw noPlace();
        };
    dialect
        .createImages(table, changed, change != Change.INSERT, change != Change.DELETE)
        .forEach(session::execute);
    Images images = new Images(step, change, changed, table, statement);
    enter(images);
    return images;
  }

  private static ImagePlace place(Session session) {
    return session.one(
        session.dialect().imagePlace(),
        row -> ImagePlace.valueOf(row.required(1).toUpperCase(Locale.ROOT)));
  }

  private ImageTable shared(int step, List<String> key, List<String> types, List<String> columns) {
    return new ImageTable(
        sharedTable(dialect), Optional.of(new Part(run, step)), 0, key, types, columns);
  }

  private static String sharedTable(Dialect dialect) {
    return dialect.journalTable("image_rows");
  }

  private static PlumblineException noPlace() {
    return new PlumblineException(
        ErrorCode.DENIED,
        "There is no place for before-images: this role may neither make tables in schema plumb"
            + " nor write to plumb.image_rows.",
        "Nothing was written: without before-images nothing could be taken back.",
        "Have a DBA grant this role CREATE on schema plumb; or run what `plumb journal` prints,"
            + " which makes plumb.image_rows where it is missing, and grant this role SELECT and"
            + " INSERT on it. Then run the command again.");
  }

  /** Where a run that is only planned would keep a step's images: its number is open still. */
  public static ImageTable foreseen(
      Session session, List<String> key, List<String> types, List<String> columns) {
    return switch (place(session)) {
      case OWN, NONE ->
          new ImageTable(session.dialect().journalTable("image_RUN_STEP"), 0, key, types, columns);
      case SHARED -> new BeforeImages(session, 0).shared(0, key, types, columns);
    };
  }

  /** What a plan says of the place of before-images; empty where it is the usual one. */
  public static Optional<String> note(Session session) {
    return place(session) == ImagePlace.SHARED
        ? Optional.of(
            "Before-images go to plumb.image_rows as text: this role may not make tables in schema"
                + " plumb.")
        : Optional.empty();
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
                table(
                    (int) row.number(1),
                    row.required(4),
                    Key.fromJson(row.required(5)).values(),
                    Key.fromJson(row.required(6)).values(),
                    Key.fromJson(row.required(7)).values()),
                row.required(8)));
  }

  private ImageTable table(
      int step, String table, List<String> key, List<String> types, List<String> columns) {
    return table.equals(sharedTable(dialect))
        ? shared(step, key, types, columns)
        : new ImageTable(table, 0, key, types, columns);
  }

  /**
   * Makes a step's images quick to find by their batch, where that is not so yet. They are written
   * without an index, which would cost the run a third of its speed.
   */
  public void index(Images images) {
    if (indexable(images)) {
      dialect
          .indexImages(images.table(), "plumb_image_" + run + "_" + images.step() + "_batch")
          .forEach(session::execute);
    }
  }

  /** Whether {@link #index} can do so: another role's images it leaves as they are. */
  public boolean indexable(Images images) {
    return session.one(dialect.indexable(images.table()), row -> row.truth(1));
  }

  /**
   * Some keys that a step changed, in order: those of the images that lie first, since to sort all
   * would be to read all. Empty where this role may not read the images, which belong to the role
   * that made them.
   */
  public List<Key> firstKeys(Images images, int most) {
    if (most == 0 || images.ofObject() || images.purged()) {
      return List.of();
    }
    List<Sql> key =
        IntStream.rangeClosed(1, images.table().key().size())
            .mapToObj(i -> Sql.of("k" + i))
            .toList();
    try {
      return session.query(
          Sql.of(
              """
              SELECT {} FROM (SELECT {} FROM {} AS plumb_i LIMIT {}) AS plumb_first
              GROUP BY {} ORDER BY {} LIMIT {}""",
              dialect.keyJson(key),
              Sql.join(", ", key),
              dialect.readImages(images.table(), List.of()),
              LOOKED_AT,
              Sql.join(", ", key),
              Sql.join(", ", key),
              most),
          row -> Key.fromJson(row.required(1)));
    } catch (DatabaseException e) {
      if (e.kind() == FailureKind.PERMISSION) {
        return List.of();
      }
      throw e;
    }
  }

  /**
   * Ends the keeping of a step's images, in the caller's transaction; what is known of the step
   * stays.
   */
  void purge(Images images) {
    session.execute(
        images.table().part().isPresent()
            ? Sql.of(
                "DELETE FROM {} WHERE run = {} AND step = {}",
                images.table().sql(),
                run,
                images.step())
            : Sql.of("DROP TABLE IF EXISTS {}", images.table().sql()));
    session.execute(
        Sql.of(
            "UPDATE {} SET image_table = '' WHERE run = {} AND step = {}",
            dialect.journalTable("images"),
            run,
            images.step()));
  }

  /** How many rows or objects a step changed; 0 where its images are kept no longer. */
  public long count(Images images) {
    if (images.purged()) {
      return 0;
    }
    if (images.ofObject()) {
      return images.definition().isEmpty() ? 0 : 1;
    }
    return session.one(
        Sql.of("SELECT count(*) FROM {} AS plumb_i", dialect.readImages(images.table(), List.of())),
        row -> row.number(1));
  }
}
