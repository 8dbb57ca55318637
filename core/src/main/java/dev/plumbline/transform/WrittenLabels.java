package dev.plumbline.transform;

import dev.plumbline.document.Examiner;
import dev.plumbline.document.Transform;
import dev.plumbline.execution.Sessions;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.State;
import java.util.Optional;

/**
 * Counts what the transform's file counts, in the old shape of what a run has written: by this
 * process, and by those before it that were killed.
 */
final class WrittenLabels {
  private WrittenLabels() {}

  static void count(
      Sessions sessions, long run, Transform transform, Examiner examiner, Findings into) {
    if (transform.counts().isEmpty()) {
      return;
    }
    sessions.transaction(
        session -> {
          new DocumentImages(session, run)
              .each(
                  image ->
                      Optional.of(image)
                          .filter(seen -> seen.state() == State.WRITTEN)
                          .flatMap(
                              seen ->
                                  seen.before()
                                      .getOrDefault(transform.property(), Optional.empty()))
                          .map(examiner::counts)
                          .ifPresent(into::count));
          return true;
        });
  }
}
