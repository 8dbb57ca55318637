package dev.plumbline.journal;

import dev.plumbline.database.Session;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ends the keeping of before-images: those of runs that ended long ago go, and with them the way
 * back. The runs themselves, their batches and what they set aside stay in the journal.
 */
public final class Purge {
  private static final int AT_ONCE = 10_000;

  private final Session session;
  private final Journal journal;

  public Purge(Session session) {
    this.session = session;
    this.journal = new Journal(session);
  }

  /**
   * A run whose before-images go.
   *
   * @param endedAt when it ended
   * @param keep how long they are kept
   * @param documents images of documents
   * @param tables places of images of rows
   * @param rows how many images of rows
   */
  public record Item(
      Run run, Instant endedAt, Duration keep, long documents, List<Images> tables, long rows) {
    public Item {
      tables = List.copyOf(tables);
    }
  }

  /**
   * What goes.
   *
   * @param items oldest first
   * @param young runs whose images are kept still
   * @param migrations runs that belong to migrations, whose undo needs their images
   * @param needed runs that a rollback that has not ended is taking back
   */
  public record Plan(List<Item> items, long young, long migrations, long needed) {
    public Plan {
      items = List.copyOf(items);
    }

    public long documents() {
      return items.stream().mapToLong(Item::documents).sum();
    }

    public long rows() {
      return items.stream().mapToLong(Item::rows).sum();
    }
  }

  /** Runs that have before-images are sorted into these. */
  private enum Fate {
    GOES,
    YOUNG,
    OF_MIGRATION,
    NEEDED
  }

  /**
   * What would go. Nothing is written.
   *
   * @param keep how long a run's images are kept after its end
   */
  public Plan plan(Function<Run, Duration> keep, Instant now) {
    if (!journal.exists()) {
      return new Plan(List.of(), 0, 0, 0);
    }
    List<Run> runs = journal.list().reversed();
    Set<Long> needed =
        runs.stream()
            .filter(run -> run.state().active() && run.plan().reverts().isPresent())
            .map(run -> run.plan().reverts().getAsLong())
            .collect(Collectors.toSet());
    List<Item> items = new ArrayList<>();
    Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    for (Run run : runs) {
      if (!ended(run)) {
        continue;
      }
      Item item = item(run, keep.apply(run));
      if (item.documents() > 0 || !item.tables().isEmpty()) {
        Fate fate = fate(item, needed, now);
        fates.merge(fate, 1L, Long::sum);
        if (fate == Fate.GOES) {
          items.add(item);
        }
      }
    }
    return new Plan(
        items,
        fates.getOrDefault(Fate.YOUNG, 0L),
        fates.getOrDefault(Fate.OF_MIGRATION, 0L),
        fates.getOrDefault(Fate.NEEDED, 0L));
  }

  /**
   * A failed run has ended too: it can be resumed, but nobody did so for as long as images last.
   */
  private static boolean ended(Run run) {
    return run.finishedAt().isPresent()
        && !run.plan().kind().hasSteps()
        && (run.state() == RunState.SUCCEEDED
            || run.state() == RunState.FAILED
            || run.state() == RunState.CANCELLED);
  }

  private Item item(Run run, Duration keep) {
    List<Images> tables =
        new BeforeImages(session, run.id())
            .list().stream().filter(images -> !images.ofObject() && !images.purged()).toList();
    BeforeImages images = new BeforeImages(session, run.id());
    return new Item(
        run,
        run.finishedAt().orElseThrow(),
        keep,
        documents(run),
        tables,
        tables.stream().mapToLong(images::count).sum());
  }

  private long documents(Run run) {
    if (!journal.hasDocuments()) {
      return 0;
    }
    DocumentImages images = new DocumentImages(session, run.id());
    return images.count() - images.count(State.PURGED);
  }

  private Fate fate(Item item, Set<Long> needed, Instant now) {
    if (journal.complete() && new Steps(session, item.run().id()).partOf().isPresent()) {
      return Fate.OF_MIGRATION;
    }
    if (needed.contains(item.run().id())) {
      return Fate.NEEDED;
    }
    return item.endedAt().plus(item.keep()).isBefore(now) ? Fate.GOES : Fate.YOUNG;
  }

  /** Does it for one run; begun anew where it was interrupted. */
  public void carryOut(Item item) {
    BeforeImages images = new BeforeImages(session, item.run().id());
    for (Images of : item.tables()) {
      session.transaction(
          () -> {
            images.purge(of);
            return true;
          });
    }
    if (item.documents() > 0) {
      DocumentImages documents = new DocumentImages(session, item.run().id());
      while (documents.purge(AT_ONCE) > 0) {
        // Short transactions: the table is that of all runs.
      }
    }
  }
}
