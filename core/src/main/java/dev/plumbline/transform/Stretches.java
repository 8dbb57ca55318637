package dev.plumbline.transform;

import dev.plumbline.document.Document;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.DocumentSource.Page;
import dev.plumbline.source.DocumentSource.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All documents after a place, listed by several threads: each begins where a page of an earlier
 * listing ended, and ends where the next one began. Whatever came or went since then moves the ends
 * of pages; a stretch that does not meet the beginning of the next any more ends before the first
 * document that the next has found.
 */
final class Stretches {
  private final DocumentSource source;
  private final int most;
  private final Consumer<Page> each;
  private volatile boolean over;

  private Stretches(DocumentSource source, int most, Consumer<Page> each) {
    this.source = source;
    this.most = most;
    this.each = each;
  }

  /**
   * Hands out the documents, from several threads at once.
   *
   * @param starts the places where the stretches begin, in the source's order
   * @return false if the places fit no more: what was handed out is then neither all nor each once
   */
  static boolean through(
      DocumentSource source, List<Optional<String>> starts, int most, Consumer<Page> each) {
    return new Stretches(source, most, each).through(starts);
  }

  private boolean through(List<Optional<String>> starts) {
    List<Stretch> stretches = new ArrayList<>();
    for (Optional<String> start : starts.reversed()) {
      stretches.addFirst(new Stretch(start, stretches.stream().findFirst()));
    }
    boolean all = true;
    try (ExecutorService threads = Executors.newFixedThreadPool(stretches.size())) {
      for (Future<Boolean> stretch : threads.invokeAll(stretches)) {
        all &= Pages.arrived(stretch);
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while listing", e);
    }
  }

  /** From one start to the next. */
  private final class Stretch implements Callable<Boolean> {
    private final Optional<String> start;
    private final Optional<Stretch> next;
    private final CompletableFuture<Optional<Page>> first = new CompletableFuture<>();

    Stretch(Optional<String> start, Optional<Stretch> next) {
      this.start = start;
      this.next = next;
    }

    /** Whether it came to its end. */
    @Override
    public Boolean call() {
      boolean whole = false;
      try {
        whole = list();
      } finally {
        first.complete(Optional.empty()); // where none came, nobody may wait for it
        if (!whole) {
          over = true;
        }
      }
      return whole;
    }

    private boolean list() {
      Page page = source.page(start, most);
      first.complete(Optional.of(page));
      while (!over) {
        if (next.isPresent()) {
          Optional<Page> last = next.get().cut(page);
          if (last.isPresent()) {
            each.accept(last.get());
            return true;
          }
        }
        each.accept(page);
        if (page.end().isEmpty()) {
          return next.isEmpty();
        }
        page = source.page(page.end(), most);
      }
      return false;
    }

    /** The part of a page that lies before this stretch, if the page reaches to it. */
    private Optional<Page> cut(Page page) {
      if (page.end().equals(start)) {
        return Optional.of(page);
      }
      return first.join().flatMap(mine -> before(page, mine));
    }

    private Optional<Page> before(Page page, Page mine) {
      Set<String> ids = mine.documents().stream().map(Document::id).collect(Collectors.toSet());
      List<Document> documents = page.documents();
      for (int i = 0; i < documents.size(); i++) {
        if (ids.contains(documents.get(i).id())) {
          List<Unreadable> unreadable = new ArrayList<>(page.unreadable());
          unreadable.removeAll(mine.unreadable());
          return Optional.of(new Page(documents.subList(0, i), unreadable, start));
        }
      }
      return Optional.empty();
    }
  }
}
