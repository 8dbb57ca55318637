package dev.plumbline.rollback;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Run;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.ForeignKey;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Finds out how a run can be taken back, from its before-images and the live catalogue. */
final class TargetLoader {
  private final Session session;
  private final Dialect dialect;
  private final Catalog catalog;

  TargetLoader(Session session) {
    this.session = session;
    this.dialect = session.dialect();
    this.catalog = Database.catalog(session);
  }

  /**
   * The run that is to be taken back.
   *
   * @throws PlumblineException 64 if there is none or it has not ended, 75 while a process is at it
   */
  Run ended(long id) {
    Journal journal = new Journal(session);
    if (!journal.exists()) {
      throw new PlumblineException(
          ErrorCode.USAGE,
          "There is no run " + id + ": this database has no journal.",
          "Nothing was changed.",
          "Check that --database or --env names the database that the run changed.");
    }
    Run run = journal.find(id);
    if (run.state().active()) {
      throw unfinished(run);
    }
    return run;
  }

  private static PlumblineException unfinished(Run run) {
    String state = run.interrupted() ? "interrupted" : run.state().word();
    return new PlumblineException(
        run.leaseLive() ? ErrorCode.BUSY : ErrorCode.USAGE,
        "Run " + run.id() + " is " + state + ": only a run that has ended can be rolled back.",
        "Nothing was changed.",
        (run.leaseLive() ? "Wait for it, or end it" : "Go on with it: plumb resume " + run.id())
            + (run.leaseLive() ? " with: plumb cancel " : ", or end it: plumb cancel ")
            + run.id());
  }

  /**
   * @param keys only these; empty: all
   * @throws PlumblineException 78 if a table or column is not there any more
   */
  Target load(Run run, List<Key> keys) {
    List<Images> all = new BeforeImages(session, run.id()).list();
    requireKept(run, all);
    List<ImageRows> rows =
        all.stream().filter(i -> !i.ofObject()).map(i -> rows(run, i, keys)).toList();
    List<Restore> restores = new ArrayList<>();
    rows.forEach(r -> restore(r, rows).ifPresent(restores::add));
    List<ObjectRestore> objects =
        all.stream()
            .filter(Images::ofObject)
            .filter(i -> keys.isEmpty() || keys.contains(i.objectKey()))
            .map(ObjectRestore::of)
            .toList();
    int steps = all.stream().mapToInt(Images::step).max().orElse(0);
    return new Target(run, steps, restores, objects);
  }

  private static void requireKept(Run run, List<Images> all) {
    all.stream()
        .filter(Images::purged)
        .findFirst()
        .ifPresent(
            images -> {
              throw purged(run, images);
            });
  }

  private static PlumblineException purged(Run run, Images images) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "The before-images of "
            + images.changedLabel()
            + " of run "
            + run.name()
            + " are missing: they were purged.",
        "Nothing was changed.",
        "Without them nothing can be taken back; a backup may hold what was there.");
  }

  private ImageRows rows(Run run, Images images, List<Key> keys) {
    Table table =
        catalog
            .findTable(images.changed())
            .orElseThrow(() -> missing(run, "Table " + images.changed()));
    List<Column> columns = new ArrayList<>();
    for (String name : images.table().columns()) {
      columns.add(
          column(table, name)
              .orElseThrow(() -> missing(run, "Column " + name + " of " + table.name())));
    }
    return new ImageRows(dialect, images, table, columns, keys);
  }

  private static Optional<Column> column(Table table, String name) {
    return table.columns().stream().filter(c -> c.name().equals(name)).findFirst();
  }

  private static PlumblineException missing(Run run, String what) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        what + " is not there any more: run " + run.id() + " cannot be rolled back.",
        "Nothing was changed; the before-images stay.",
        "Bring it back under its name, then run the command again.");
  }

  private Optional<Restore> restore(ImageRows rows, List<ImageRows> all) {
    return switch (rows.images().change()) {
      case UPDATE -> {
        List<Column> changed = changed(rows);
        yield changed.isEmpty() ? Optional.empty() : Optional.of(new SetBack(rows, changed));
      }
      case INSERT -> Optional.of(new RemoveRows(rows, references(rows, all)));
      case DELETE -> Optional.of(new ReturnRows(rows));
      case CREATE, ALTER, DROP -> throw new IllegalStateException("an object has no rows");
    };
  }

  /** The columns that the run changed in at least one row and that can be written. */
  private List<Column> changed(ImageRows rows) {
    List<Column> writable = rows.columns().stream().filter(c -> !c.generated()).toList();
    List<Sql> items =
        writable.stream()
            .map(
                c ->
                    Sql.of(
                        "max(CASE WHEN {} THEN 1 ELSE 0 END)",
                        rows.differ(c, rows.before(c), rows.after(c))))
            .toList();
    return session.one(
        Sql.of("SELECT {} FROM {}", Sql.join(", ", items), rows.from()),
        row -> {
          List<Column> changed = new ArrayList<>();
          for (int i = 0; i < writable.size(); i++) {
            if (row.number(i + 1) == 1) {
              changed.add(writable.get(i));
            }
          }
          return changed;
        });
  }

  private List<Reference> references(ImageRows rows, List<ImageRows> all) {
    List<Reference> references = new ArrayList<>();
    for (ForeignKey key : rows.table().referencedBy()) {
      catalog
          .findTable(key.table())
          .ifPresent(table -> references.add(new Reference(key, table, inserted(table, all))));
    }
    return references;
  }

  /** With a scope nobody knows whether they leave. */
  private static List<ImageRows> inserted(Table table, List<ImageRows> all) {
    return all.stream()
        .filter(r -> r.images().change() == Change.INSERT && r.scope().isEmpty())
        .filter(r -> r.table().sql().equals(table.sql()))
        .toList();
  }

  /**
   * The keys as the run's images have them.
   *
   * @throws PlumblineException 64 if the run has changed no row with such a key
   */
  List<Key> keys(Run run, List<Key> written) {
    List<Images> all = new BeforeImages(session, run.id()).list();
    requireKept(run, all);
    Set<String> found = new TreeSet<>();
    for (Key key : written) {
      Set<String> these = new TreeSet<>();
      all.forEach(i -> these.addAll(find(i, key)));
      if (these.isEmpty()) {
        throw new PlumblineException(
            ErrorCode.USAGE,
            "Run " + run.id() + " has changed no row with the key " + key + ".",
            "Nothing was changed.",
            "Write the values of the changed table's key, separated by commas; some that the run"
                + " changed are listed by: plumb show "
                + run.id());
      }
      found.addAll(these);
    }
    return found.stream().map(Key::fromJson).toList();
  }

  /** A text that cannot be read as the key of this table is the key of another one. */
  private List<String> find(Images images, Key key) {
    if (images.ofObject()) {
      return images.objectKey().equals(key) ? List.of(key.toJson()) : List.of();
    }
    List<String> types = images.table().types();
    if (types.size() != key.values().size()) {
      return List.of();
    }
    List<Sql> columns =
        IntStream.rangeClosed(1, types.size()).mapToObj(i -> Sql.of("k" + i)).toList();
    try {
      return session.attempt(
          () ->
              session.query(
                  Sql.of(
                      "SELECT DISTINCT {} FROM {} AS plumb_i WHERE {}",
                      dialect.keyJson(columns),
                      dialect.readImages(images.table(), List.of()),
                      dialect.keyIn(columns, types, List.of(key))),
                  row -> row.required(1)));
    } catch (DatabaseException e) {
      if (e.kind() == FailureKind.DATA) {
        return List.of();
      }
      throw e;
    }
  }
}
