package dev.plumbline.transform;

import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.DocumentSource.Page;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Goes through documents of a source, page by page. */
final class Pages {
  private Pages() {}

  /**
   * All documents after a place.
   *
   * @param after empty: from the beginning
   */
  static void from(DocumentSource source, Optional<String> after, int most, Consumer<Page> each) {
    Optional<String> reached = after;
    do {
      Page page = source.page(reached, most);
      each.accept(page);
      reached = page.end();
    } while (reached.isPresent());
  }

  /** The documents with these ids, as far as they are there. */
  static void named(DocumentSource source, Collection<String> ids, int most, Consumer<Page> each) {
    List<String> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += most) {
      List<String> some = all.subList(from, Math.min(from + most, all.size()));
      each.accept(new Page(source.read(some), List.of(), Optional.empty()));
    }
  }
}
