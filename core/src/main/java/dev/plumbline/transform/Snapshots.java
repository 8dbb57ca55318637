package dev.plumbline.transform;

import dev.plumbline.dialect.Key;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.journal.Run;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
   * @throws PlumblineException 64 naming the documents whose snapshots are missing
   */
  void requireAll(List<Key> scope) {
    if (scope.isEmpty()) {
      requireNonePurged();
      return;
    }
    List<Image> found = images.find(scope.stream().map(keys::id).toList());
    Set<String> there =
        new HashSet<>(
            found.stream().filter(image -> image.state() != State.PURGED).map(Image::id).toList());
    List<String> missing = scope.stream().map(keys::id).filter(id -> !there.contains(id)).toList();
    if (!missing.isEmpty()) {
      boolean purged = found.stream().anyMatch(image -> image.state() == State.PURGED);
      throw missing(
          missing,
          missing.size(),
          purged ? "they were purged" : "the run has written no such document");
    }
  }

  private void requireNonePurged() {
    long purged = images.count(State.PURGED);
    if (purged > 0) {
      throw missing(images.ids(State.PURGED, NAMED), purged, "they were purged");
    }
  }

  private PlumblineException missing(List<String> ids, long number, String why) {
    String named = ids.stream().limit(NAMED).map(keys::label).collect(Collectors.joining(", "));
    return new PlumblineException(
        ErrorCode.USAGE,
        "The snapshots of these documents of run "
            + run.name()
            + " are missing: "
            + named
            + (number > NAMED ? " and " + (number - NAMED) + " more" : "")
            + " ("
            + why
            + ").",
        "Nothing was changed.",
        "Without a snapshot nothing can be taken back; a backup may hold what was there. Look at the"
            + " run with: plumb show "
            + run.name());
  }
}
