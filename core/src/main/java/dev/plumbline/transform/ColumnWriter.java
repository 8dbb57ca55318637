package dev.plumbline.transform;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.TextColumns;
import dev.plumbline.dialect.TextRow;
import dev.plumbline.dialect.TextWriting;
import dev.plumbline.execution.Changes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents into rows, in the transaction of one batch. What is written was computed before
 * the transaction began, so that locks are short: rows are locked in key order, and those that
 * somebody has changed since they were read are read and decided on again under the lock.
 */
final class ColumnWriter {
  private final Session session;
  private final ColumnTable table;
  private final long run;
  private final long batch;

  /**
   * @param run whose images are kept
   * @param batch the batch's number
   */
  ColumnWriter(Session session, ColumnTable table, long run, long batch) {
    this.session = session;
    this.table = table;
    this.run = run;
    this.batch = batch;
  }

  /**
   * What shall be written into a row.
   *
   * @param texts by property; empty: NULL
   */
  record Wanted(ColumnRow row, Map<String, Optional<String>> texts) {
    Wanted {
      texts = Map.copyOf(texts);
    }
  }

  /**
   * Writes.
   *
   * @param again what to write into a row that is not as it was any more; empty: nothing
   * @return how many rows it wrote
   * @throws dev.plumbline.error.DatabaseException of the data, if a trigger suppresses a change or
   *     makes something else of it
   */
  long write(
      List<Wanted> wanted, Function<ColumnRow, Optional<Map<String, Optional<String>>>> again) {
    if (wanted.isEmpty()) {
      return 0;
    }
    lock(wanted);
    Set<String> written = carryOut(wanted);
    List<Wanted> done =
        new ArrayList<>(wanted.stream().filter(one -> written.contains(one.row().key())).toList());
    List<Key> missed =
        wanted.stream()
            .map(one -> one.row().key())
            .filter(key -> !written.contains(key))
            .map(Key::fromJson)
            .toList();
    if (!missed.isEmpty()) {
      done.addAll(writeAgain(missed, again));
    }
    new TriggerCheck(session, table).require(done);
    return done.size();
  }

  private List<Wanted> writeAgain(
      List<Key> missed, Function<ColumnRow, Optional<Map<String, Optional<String>>>> again) {
    List<Wanted> wanted = new ArrayList<>();
    for (ColumnRow row : table.read(session, table.withKeys(missed))) {
      again.apply(row).ifPresent(texts -> wanted.add(new Wanted(row, texts)));
    }
    Set<String> written = carryOut(wanted);
    Changes.requireAll(session, table.table(), wanted.size(), written.size());
    return wanted;
  }

  private void lock(List<Wanted> wanted) {
    List<Key> keys = wanted.stream().map(one -> Key.fromJson(one.row().key())).toList();
    session
        .dialect()
        .lockRows(table.table().sql(), table.keyNames(), table.withKeys(keys))
        .ifPresent(sql -> session.one(sql, row -> row.number(1)));
  }

  /** The keys of the rows that it wrote. */
  private Set<String> carryOut(List<Wanted> wanted) {
    Map<Set<String>, List<Wanted>> byColumns = new LinkedHashMap<>();
    for (Wanted one : wanted) {
      byColumns.computeIfAbsent(one.texts().keySet(), c -> new ArrayList<>()).add(one);
    }
    Set<String> written = new HashSet<>();
    byColumns.forEach((columns, rows) -> written.addAll(carryOut(columns, rows)));
    return written;
  }

  private Collection<String> carryOut(Set<String> columns, List<Wanted> wanted) {
    TextColumns of = table.texts(columns);
    List<String> order =
        table.properties().stream()
            .map(ColumnTable.Property::name)
            .filter(columns::contains)
            .toList();
    List<TextRow> rows = wanted.stream().map(one -> row(one, order)).toList();
    return switch (session.dialect().writeTexts(of, rows, run, batch)) {
      case TextWriting.AtOnce all -> session.query(all.statement(), row -> row.required(1));
      case TextWriting.OneByOne each -> oneByOne(rows, each);
    };
  }

  private static TextRow row(Wanted one, List<String> properties) {
    List<@Nullable String> before = new ArrayList<>();
    List<@Nullable String> after = new ArrayList<>();
    for (String property : properties) {
      before.add(one.row().document().text(property).orElse(null));
      after.add(one.texts().getOrDefault(property, Optional.empty()).orElse(null));
    }
    return new TextRow(one.row().key(), one.row().address(), before, after);
  }

  private List<String> oneByOne(List<TextRow> rows, TextWriting.OneByOne each) {
    List<Integer> as = touched(session.batch(each.keep()), all(rows.size()));
    List<Integer> written = touched(session.batch(some(each.write(), as)), as);
    Changes.requireAll(session, table.table(), as.size(), written.size());
    if (!each.note().isEmpty()) {
      session.batch(some(each.note(), written));
    }
    return written.stream().map(i -> rows.get(i).key()).toList();
  }

  private static List<Integer> all(int size) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(i);
    }
    return all;
  }

  private static List<Sql> some(List<Sql> statements, List<Integer> which) {
    return which.stream().map(statements::get).toList();
  }

  private static List<Integer> touched(long[] counts, List<Integer> of) {
    List<Integer> touched = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 1) {
        touched.add(of.get(i));
      }
    }
    return touched;
  }
}
