package dev.plumbline.transform;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.dialect.TextColumns;
import dev.plumbline.document.Document;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Slice;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.Progress;
import dev.plumbline.run.RunState;
import dev.plumbline.transform.ColumnWriter.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A rollback of documents in a column as the run loop sees it: ranges of the images of the run that
 * is taken back, each in one transaction. What is judged without a lock is judged again for rows
 * that somebody changes meanwhile.
 */
final class ColumnRollbackWork implements RunWork<Slice> {
  private static final int PAGE = 500;

  private final ColumnTable table;
  private final Reverted reverted;
  private final HeldRun held;
  private final Sessions sessions;
  private final ImageSlices slices;
  private final BatchCharacters characters = new BatchCharacters();
  private final Unrestored unrestored;

  /**
   * @param table its properties called as the columns are
   */
  ColumnRollbackWork(ColumnTable table, Reverted reverted, HeldRun held) {
    this.table = table;
    this.reverted = reverted;
    this.held = held;
    this.sessions = held.sessions();
    this.slices = new ImageSlices(held, reverted.run(), reverted.keys());
    this.unrestored = new Unrestored(held, reverted);
  }

  @Override
  public void reload() {
    slices.reload();
  }

  @Override
  public Optional<Slice> next(int most) {
    return slices.next(Math.min(most, characters.rows()));
  }

  /** An image beside the row that it is of. */
  private record Pair(Image image, Optional<ColumnRow> row) {}

  private List<Pair> pairs(Session session, List<Image> images) {
    if (images.isEmpty()) {
      return List.of();
    }
    List<Key> keys = images.stream().map(image -> Key.fromJson(image.id())).toList();
    Map<String, ColumnRow> rows = new HashMap<>();
    table.read(session, table.withKeys(keys)).forEach(row -> rows.put(row.key(), row));
    return images.stream()
        .map(image -> new Pair(image, Optional.ofNullable(rows.get(image.id()))))
        .toList();
  }

  @Override
  public Applied apply(Slice slice) {
    OpenBatch batch = held.openBatch();
    List<Pair> pairs = sessions.use(session -> pairs(session, slices.images(session, slice)));
    Map<String, Image> images = new HashMap<>();
    Map<String, Restoration> judged = new LinkedHashMap<>();
    List<Wanted> wanted = new ArrayList<>();
    for (Pair pair : pairs) {
      images.put(pair.image().id(), pair.image());
      Restoration restoration = reverted.judge(pair.image(), pair.row().map(ColumnRow::document));
      judged.put(pair.image().id(), restoration);
      pair.row()
          .ifPresent(
              row ->
                  Reverted.texts(restoration)
                      .ifPresent(texts -> wanted.add(new Wanted(row, texts))));
    }
    characters.saw(
        pairs.size(),
        pairs.stream().flatMap(p -> p.row().stream()).mapToLong(ColumnRow::characters).sum());
    return sessions.transaction(
        session -> apply(session, slice, batch, images, wanted, new LinkedHashMap<>(judged)));
  }

  private Applied apply(
      Session session,
      Slice slice,
      OpenBatch batch,
      Map<String, Image> images,
      List<Wanted> wanted,
      Map<String, Restoration> judged) {
    session.dialect().guardsAside(List.of(table.table().sql())).forEach(session::execute);
    long rows =
        new ColumnWriter(session, table, held.run().id(), batch.number())
            .write(
                wanted,
                row -> {
                  Restoration now =
                      reverted.judge(
                          Objects.requireNonNull(images.get(row.key())),
                          Optional.of(row.document()));
                  judged.put(row.key(), now);
                  return Reverted.texts(now);
                });
    session.dialect().guardsReturn().forEach(session::execute);
    slices.judgeAnew(session, slice);
    judged.forEach((id, restoration) -> reverted.note(held.progress(session), id, restoration));
    return new Applied(
        images.size(), batch.checkpoint(session, slice.sequence(), slice.from(), slice.to(), rows));
  }

  @Override
  public List<Slice> split(Slice slice) {
    return slices.split(slice);
  }

  @Override
  public void quarantine(Slice single, PlumblineException error) {
    slices.quarantine(single, error);
  }

  /** Every document that the run wrote is as it was before, merged, or listed as kept. */
  @Override
  public Verified verify() {
    List<String> others = sessions.use(this::notAsWritten);
    unrestored.begin();
    for (int from = 0; from < others.size(); from += PAGE) {
      List<String> page = others.subList(from, Math.min(from + PAGE, others.size()));
      sessions.transaction(session -> look(session, page));
    }
    return unrestored.verified();
  }

  /** The ids of images whose rows are there, and not as this run wrote them. */
  private List<String> notAsWritten(Session session) {
    TextColumns columns =
        table.texts(table.properties().stream().map(ColumnTable.Property::name).toList());
    List<Key> scope = held.run().plan().scope().keys();
    Sql others =
        Sql.and(
            List.of(
                scope.isEmpty() ? Sql.of("TRUE") : table.withKeys(scope),
                session.dialect().hasImage(columns, reverted.run()),
                Sql.of("NOT ({})", session.dialect().asWritten(columns, held.run().id()))));
    return session.query(table.keys(others), row -> row.required(1));
  }

  /** Sees how the documents of a page are. */
  private boolean look(Session session, List<String> ids) {
    Progress progress = held.progress(session);
    Map<String, Image> own = new HashMap<>();
    new DocumentImages(session, held.run().id())
        .find(ids)
        .forEach(image -> own.put(image.id(), image));
    for (Pair pair : pairs(session, new DocumentImages(session, reverted.run()).find(ids))) {
      String id = pair.image().id();
      Optional<Document> now = pair.row().map(ColumnRow::document);
      Optional<Image> done =
          Optional.ofNullable(own.get(id))
              .filter(image -> now.isPresent() && holds(now.get(), image));
      if (done.isPresent()) {
        unrestored.settle(
            progress,
            id,
            Restoration.done(pair.image(), done.get(), now.orElseThrow(), reverted.property()));
      } else {
        unrestored.see(progress, id, reverted.judge(pair.image(), now));
      }
    }
    return true;
  }

  private boolean holds(Document now, Image own) {
    return Restoration.holds(now, own, reverted.property(), true);
  }

  @Override
  public void prepareNextPass() {
    unrestored.prepareNextPass();
  }

  @Override
  public void again() {
    slices.again();
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
