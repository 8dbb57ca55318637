package dev.plumbline.transform;

import dev.plumbline.document.Document;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.DocumentSource.Page;
import dev.plumbline.source.DocumentSource.Unreadable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Goes through documents of a source, page by page. */
final class Pages {
  private Pages() {}

  /**
   * Documents after a place, in the source's order. A page begins where the one before it ends, so
   * they come one after the other; but the next is on its way while one is looked at.
   *
   * @param after empty: from the beginning
   * @param each whether to go on after this page
   */
  static void from(DocumentSource source, Optional<String> after, int most, Predicate<Page> each) {
    try (ExecutorService ahead =
        Executors.newSingleThreadExecutor(Thread.ofVirtual().name("page ahead").factory())) {
      Future<Page> coming = ahead.submit(() -> source.page(after, most));
      while (true) {
        Page page = arrived(coming);
        Optional<String> end = page.end();
        if (end.isPresent()) {
          coming = ahead.submit(() -> source.page(end, most));
        }
        if (!each.test(page) || end.isEmpty()) {
          return;
        }
      }
    }
  }

  /**
   * Documents after a place, of as many pages as may hold so many.
   *
   * @param after empty: from the beginning
   */
  static Page some(DocumentSource source, Optional<String> after, int most) {
    List<Document> documents = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    Optional<String> end = after;
    int left = most;
    do {
      Page page = source.page(end, Math.min(left, source.batch()));
      documents.addAll(page.documents());
      unreadable.addAll(page.unreadable());
      end = page.end();
      left -= source.batch();
    } while (end.isPresent() && left > 0);
    return new Page(documents, unreadable, end);
  }

  /** What another thread has got, or its error. */
  static <T> T arrived(Future<T> coming) {
    try {
      return coming.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failed
          ? failed
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while listing", e);
    }
  }

  /** The documents with these ids, as far as they are there. */
  static void named(DocumentSource source, Collection<String> ids, int most, Consumer<Page> each) {
    List<String> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += most) {
      List<String> some = all.subList(from, Math.min(from + most, all.size()));
      each.accept(source.named(some));
    }
  }
}
