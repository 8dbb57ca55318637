package dev.plumbline.transform;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.journal.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Requires that the before-images of a run are there that a rollback needs. */
final class Snapshots {
  private static final int NAMED = 10;

  private final Run run;
  private final DocumentImages images;
  private final DocumentKey keys;

  Snapshots(Run run, DocumentImages images, DocumentKey keys) {
    this.run = run;
    this.images = images;
    this.keys = keys;
  }

  /**
   * @param scope only of these documents; empty: all
   * @throws PlumblineException 64 naming the documents that the run has not written, or those whose
   *     snapshots are missing
   */
  void requireAll(List<Key> scope) {
    if (scope.isEmpty()) {
      requireNonePurged();
      return;
    }
    Map<String, State> found = new HashMap<>();
    images
        .find(scope.stream().map(keys::id).toList())
        .forEach(image -> found.put(image.id(), image.state()));
    List<String> others =
        scope.stream().map(keys::id).filter(id -> !found.containsKey(id)).toList();
    if (!others.isEmpty()) {
      throw notWritten(others);
    }
    List<String> purged =
        scope.stream().map(keys::id).filter(id -> found.get(id) == State.PURGED).toList();
    if (!purged.isEmpty()) {
      throw missing(purged, purged.size());
    }
  }

  private void requireNonePurged() {
    long purged = images.count(State.PURGED);
    if (purged > 0) {
      throw missing(images.ids(State.PURGED, NAMED), purged);
    }
  }

  private PlumblineException notWritten(List<String> ids) {
    List<String> first = images.after(Optional.empty(), NAMED).stream().map(Image::id).toList();
    return new PlumblineException(
        ErrorCode.USAGE,
        "Run "
            + run.name()
            + (ids.size() == 1
                ? " has written no document `" + keys.label(ids.getFirst()) + "`."
                : " has written none of these documents: " + named(ids, ids.size()) + "."),
        "Nothing was changed.",
        "Name one of those that it has written: " + named(first, images.count()));
  }

  private PlumblineException missing(List<String> ids, long number) {
    return new PlumblineException(
        ErrorCode.USAGE,
        "The snapshots of these documents of run "
            + run.name()
            + " are missing: "
            + named(ids, number)
            + " (they were purged).",
        "Nothing was changed.",
        "Without a snapshot nothing can be taken back; a backup may hold what was there. Look at the"
            + " run with: plumb show "
            + run.name());
  }

  /** The first of so many ids. */
  private String named(List<String> ids, long number) {
    return ids.stream().limit(NAMED).map(keys::label).collect(Collectors.joining(", "))
        + (number > NAMED ? " and " + (number - NAMED) + " more" : "");
  }
}
