package dev.plumbline.transform;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Gaps;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.Slice;
import dev.plumbline.execution.Slice.KeyRange;
import dev.plumbline.execution.Slice.ListRange;
import dev.plumbline.journal.Batch;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The images of a run that is taken back, cut into slices: ranges of the documents' ids. For one
 * thread, but for what is done within a transaction.
 */
final class ImageSlices {
  private final HeldRun held;
  private final long reverts;
  private final DocumentKey keys;

  private final Deque<Slice> gaps = new ArrayDeque<>();
  private Optional<Key> scanned = Optional.empty();
  private long scanNumber;
  private boolean scanning;

  /**
   * @param reverts the run that is taken back
   */
  ImageSlices(HeldRun held, long reverts, DocumentKey keys) {
    this.held = held;
    this.reverts = reverts;
    this.keys = keys;
  }

  void reload() {
    held.reload(
        session -> {
          Progress progress = held.progress(session);
          gaps.clear();
          gaps.addAll(Gaps.inWorklist(progress.worklistBatches(), progress.lastInWorklist()));
          scanning = held.pass() == 0 && held.run().plan().strategy() == Strategy.SCAN;
          if (scanning) {
            List<Batch> ranges = progress.scanBatches();
            gaps.addAll(Gaps.inScan(ranges));
            scanned = Gaps.scanReached(ranges);
            scanNumber = ranges.stream().mapToLong(b -> b.sequence().orElseThrow()).max().orElse(0);
          }
        });
  }

  Optional<Slice> next(int rows) {
    Slice gap = gaps.poll();
    if (gap instanceof ListRange list && list.size() > rows) {
      gaps.push(new ListRange(list.after() + rows, list.upTo()));
      return Optional.of(new ListRange(list.after(), list.after() + rows));
    }
    if (gap != null) {
      return Optional.of(gap);
    }
    return scanning ? nextRange(rows) : Optional.empty();
  }

  private Optional<Slice> nextRange(int rows) {
    return held.sessions()
        .use(
            session -> {
              DocumentImages images = new DocumentImages(session, reverts);
              return images
                  .endOf(scanned.map(keys::id), rows)
                  .map(
                      last -> {
                        Key upTo = keys.key(last);
                        KeyRange range = new KeyRange(++scanNumber, scanned, upTo);
                        scanned = Optional.of(upTo);
                        return range;
                      });
            });
  }

  /** The images of a slice. */
  List<Image> images(Session session, Slice slice) {
    DocumentImages images = new DocumentImages(session, reverts);
    return switch (slice) {
      case KeyRange range -> images.between(range.after().map(keys::id), keys.id(range.upTo()));
      case ListRange list ->
          images.find(
              held.progress(session).keys(list.after(), list.upTo()).stream()
                  .map(keys::id)
                  .toList());
    };
  }

  /** What an earlier pass has set aside of a slice's documents counts no longer. */
  void judgeAnew(Session session, Slice slice) {
    switch (slice) {
      case KeyRange range -> {} // of the first pass
      case ListRange list -> {
        Progress progress = held.progress(session);
        progress.forget(progress.keys(list.after(), list.upTo()));
      }
    }
  }

  /** A slice of the worklist in halves; a range becomes the list of its documents. */
  List<Slice> split(Slice slice) {
    return switch (slice) {
      case ListRange list -> list.halves();
      case KeyRange range -> listed(range);
    };
  }

  private List<Slice> listed(KeyRange range) {
    OpenBatch batch = held.openBatch();
    return held.sessions()
        .transaction(
            session -> {
              Progress progress = held.progress(session);
              long before = progress.lastInWorklist();
              List<Key> listed =
                  images(session, range).stream().map(image -> keys.key(image.id())).toList();
              progress.append(listed);
              batch.checkpoint(session, range.sequence(), range.from(), range.to(), 0);
              return List.<Slice>of(new ListRange(before, before + listed.size()));
            });
  }

  void quarantine(Slice single, PlumblineException error) {
    ListRange place = (ListRange) single;
    OpenBatch batch = held.openBatch();
    held.sessions()
        .transaction(
            session -> {
              Progress progress = held.progress(session);
              for (Key key : progress.keys(place.after(), place.upTo())) {
                progress.setAside(SetAside.quarantined(0, key, error));
              }
              return batch.checkpoint(session, place.sequence(), place.from(), place.to(), 0);
            });
  }

  /** What was given up comes onto the worklist again, at its end. */
  void again() {
    held.sessions()
        .transaction(
            session -> {
              Progress progress = held.progress(session);
              progress.append(progress.setAside(SetAside.Reason.QUARANTINED));
              progress.forget(SetAside.Reason.QUARANTINED);
              return true;
            });
  }
}
