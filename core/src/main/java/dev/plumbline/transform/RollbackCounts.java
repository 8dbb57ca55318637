package dev.plumbline.transform;

import dev.plumbline.database.Session;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.SetAside.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the documents of a rollback came out, by its journal: each that it has written or kept is
 * counted once. For one thread.
 */
final class RollbackCounts {
  private static final int PAGE = 1_000;

  private final Reverted reverted;

  /** The ids of the images of those that are kept, wholly or in part. */
  private final Set<String> kept;

  private long restored;
  private long inPart;
  private long merged;

  /**
   * @param run the rollback
   */
  RollbackCounts(Session session, Run run, Reverted reverted) {
    this.reverted = reverted;
    this.kept =
        new Progress(session, run.id())
            .setAside(Reason.CONFLICT).stream()
                .map(reverted.keys()::id)
                .collect(Collectors.toCollection(HashSet::new));
    DocumentImages own = new DocumentImages(session, run.id());
    DocumentImages theirs = new DocumentImages(session, reverted.run());
    for (List<Image> page = own.after(Optional.empty(), PAGE);
        !page.isEmpty();
        page = own.after(Optional.of(page.getLast().id()), PAGE)) {
      Map<String, Image> taken = new HashMap<>();
      theirs
          .find(page.stream().map(Image::id).toList())
          .forEach(image -> taken.put(image.id(), image));
      page.stream()
          .filter(image -> image.state() == State.WRITTEN)
          .forEach(image -> count(image, Objects.requireNonNull(taken.get(image.id()))));
    }
  }

  private void count(Image own, Image theirs) {
    if (!kept.contains(own.id())) {
      if (reverted.merging().isPresent() && Restoration.merged(theirs, own, reverted.property())) {
        merged++;
      } else {
        restored++;
      }
    } else if (!own.after().keySet().containsAll(theirs.after().keySet())) {
      inPart++;
    } // or else it was written whole, and changed by others before the run's end: it is kept
  }

  long restored() {
    return restored;
  }

  long inPart() {
    return inPart;
  }

  long merged() {
    return merged;
  }

  /** Those that are kept as they are. */
  long conflicts() {
    return kept.size() - inPart;
  }

  long all() {
    return restored + merged + kept.size();
  }
}
