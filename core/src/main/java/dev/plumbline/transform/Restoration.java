package dev.plumbline.transform;

import dev.plumbline.document.CarriedBack;
import dev.plumbline.document.Differences;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examiner;
import dev.plumbline.journal.DocumentImages.Image;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What taking a run back means for one of the documents that it wrote. A property is restored only
 * where it still holds what the run wrote; what somebody has changed since is kept.
 */
sealed interface Restoration {

  /**
   * It is as the run left it, in the document at least.
   *
   * @param texts what is written, by property; empty: none
   * @param kept further properties that somebody has changed since
   */
  record Restore(Map<String, Optional<String>> texts, List<String> kept) implements Restoration {
    static final String IN_PART = "restored but for what was changed since";

    public Restore {
      texts = Map.copyOf(texts);
      kept = List.copyOf(kept);
    }
  }

  /** It is as it was before the run. */
  record AlreadyBack() implements Restoration {}

  /**
   * Somebody has changed it since: it stays as it is.
   *
   * @param paths where in the document; a single empty one: the whole of it
   * @param why in words
   */
  record Conflict(List<String> paths, String why) implements Restoration {
    public Conflict {
      paths = List.copyOf(paths);
    }
  }

  /**
   * Somebody has changed it since, and what was changed is carried into the old shape.
   *
   * @param texts what is written, by property; empty: none
   * @param paths where in the document it was changed
   * @param kept further properties that somebody has changed since; nothing can carry them
   */
  record Merge(Map<String, Optional<String>> texts, List<String> paths, List<String> kept)
      implements Restoration {
    static final String IN_PART = "merged but for what was changed since";

    public Merge {
      texts = Map.copyOf(texts);
      paths = List.copyOf(paths);
      kept = List.copyOf(kept);
    }
  }

  /**
   * Judges one document.
   *
   * @param image what the run made of what
   * @param now how it is; empty: it is not there any more
   * @param property the property that holds the document's text; the others are written with it
   * @param merging carries changes back, where that is wanted
   */
  static Restoration of(
      Image image, Optional<Document> now, String property, Optional<Examiner> merging) {
    if (now.isEmpty()) {
      return new Conflict(List.of(""), "deleted since");
    }
    Map<String, Optional<String>> back = new HashMap<>();
    List<String> kept = new ArrayList<>();
    for (var written : image.after().entrySet()) {
      String name = written.getKey();
      Optional<String> before = image.before().getOrDefault(name, Optional.empty());
      Optional<String> current = now.get().text(name);
      boolean document = name.equals(property);
      if (same(current, before, document)) {
        continue;
      }
      if (same(current, written.getValue(), document)) {
        back.put(name, before);
      } else {
        kept.add(name);
      }
    }
    if (kept.contains(property)) {
      kept.remove(property);
      return changed(image, now.get(), property, back, kept, merging);
    }
    return back.isEmpty() && kept.isEmpty() ? new AlreadyBack() : restored(back, kept);
  }

  /**
   * Whether a document is as a rollback has written it.
   *
   * @param own what was written to take the run back
   * @param values whether the document is kept as a value, and may have come back spelt otherwise
   */
  static boolean holds(Document now, Image own, String property, boolean values) {
    return own.after().entrySet().stream()
        .allMatch(
            text ->
                same(
                    now.text(text.getKey()),
                    text.getValue(),
                    values && text.getKey().equals(property)));
  }

  /**
   * What was done to a document without being noted: an attempt was killed.
   *
   * @param image what the run that is taken back made of it
   * @param intent what was written to take that back
   * @param now how it is: as intended
   */
  static Restoration done(Image image, Image intent, Document now, String property) {
    List<String> kept =
        image.after().keySet().stream()
            .filter(name -> !intent.after().containsKey(name))
            .filter(
                name -> !now.text(name).equals(image.before().getOrDefault(name, Optional.empty())))
            .toList();
    return merged(image, intent, property)
        ? new Merge(intent.after(), List.of(), kept)
        : new Restore(intent.after(), kept);
  }

  /** Whether what was written is another document than the one before the run. */
  static boolean merged(Image image, Image own, String property) {
    return own.after().containsKey(property)
        && !same(
            own.after().getOrDefault(property, Optional.empty()),
            image.before().getOrDefault(property, Optional.empty()),
            true);
  }

  private static Restoration restored(Map<String, Optional<String>> back, List<String> kept) {
    return back.isEmpty() ? new Conflict(kept, "changed since") : new Restore(back, kept);
  }

  /** A document of values may have been written otherwise without saying something else. */
  static boolean same(Optional<String> one, Optional<String> other, boolean document) {
    return one.equals(other)
        || (document
            && one.isPresent()
            && other.isPresent()
            && Differences.same(one.get(), other.get()));
  }

  private static Restoration changed(
      Image image,
      Document now,
      String property,
      Map<String, Optional<String>> others,
      List<String> kept,
      Optional<Examiner> merging) {
    Optional<String> before = image.before().getOrDefault(property, Optional.empty());
    Optional<String> after = image.after().getOrDefault(property, Optional.empty());
    Optional<String> current = now.text(property);
    List<String> paths = Differences.paths(after.orElse(""), current.orElse(""));
    if (merging.isEmpty() || before.isEmpty() || after.isEmpty() || current.isEmpty()) {
      return new Conflict(paths, current.isEmpty() ? "taken away since" : "changed since");
    }
    return switch (merging.get().carryBack(before.get(), after.get(), current.get())) {
      case CarriedBack.Carried carried -> {
        Map<String, Optional<String>> texts = new HashMap<>(others);
        texts.put(property, Optional.of(carried.text()));
        yield new Merge(texts, paths, kept);
      }
      case CarriedBack.Kept stays ->
          new Conflict(paths, "changed since, and not merged: " + stays.what());
    };
  }
}
