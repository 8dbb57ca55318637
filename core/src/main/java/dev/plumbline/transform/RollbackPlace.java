package dev.plumbline.transform;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.document.Document;
import dev.plumbline.document.Transform;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Settings;
import dev.plumbline.execution.Slice;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.SourceSetting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the documents are that a run is taken back in. */
sealed interface RollbackPlace {

  /** For people. */
  String label();

  /** Which place it is, as the journal keeps it. */
  String place();

  DocumentKey keys();

  /** The property that holds the document's text, as images call it. */
  String property();

  /** How many documents are best read at once. */
  int page();

  /** The documents of these images as they are now, by the images' ids. */
  Map<String, Document> read(List<String> ids);

  RunWork<Slice> work(Reverted reverted, HeldRun held);

  /** A column of a table in the journal's own database. */
  record InColumn(Database database, Settings settings, ColumnTable table)
      implements RollbackPlace {
    private static final int PAGE = 500;

    static InColumn of(
        Database database, Settings settings, Transform transform, SourceSetting.Column setting) {
      try (Session session = database.openForReading(settings.reading())) {
        ColumnTable found = new ColumnFinder(session, transform, setting).find();
        return new InColumn(database, settings, found.byColumnNames());
      }
    }

    @Override
    public String label() {
      return "column " + property() + " of " + table.table().label();
    }

    @Override
    public String place() {
      return table.place();
    }

    @Override
    public DocumentKey keys() {
      return DocumentKey.ROW;
    }

    @Override
    public String property() {
      return table.document().name();
    }

    @Override
    public int page() {
      return PAGE;
    }

    @Override
    public Map<String, Document> read(List<String> ids) {
      List<Key> keys = ids.stream().map(Key::fromJson).toList();
      Map<String, Document> found = new HashMap<>();
      try (Session session = database.openForReading(settings.reading())) {
        table
            .read(session, table.withKeys(keys))
            .forEach(row -> found.put(row.key(), row.document()));
      }
      return found;
    }

    @Override
    public RunWork<Slice> work(Reverted reverted, HeldRun held) {
      return new ColumnRollbackWork(table, reverted, held);
    }
  }

  /** Outside of any database. */
  record Behind(DocumentSource source, String property) implements RollbackPlace {
    @Override
    public String label() {
      return source.label();
    }

    @Override
    public String place() {
      return source.place();
    }

    @Override
    public DocumentKey keys() {
      return DocumentKey.ID;
    }

    @Override
    public int page() {
      return source.batch();
    }

    @Override
    public Map<String, Document> read(List<String> ids) {
      Map<String, Document> found = new HashMap<>();
      source.read(ids).forEach(document -> found.put(document.id(), document));
      return found;
    }

    @Override
    public RunWork<Slice> work(Reverted reverted, HeldRun held) {
      return new RemoteRollbackWork(source, reverted, held);
    }
  }
}
