package dev.plumbline.transform;

import dev.plumbline.document.Document;
import dev.plumbline.document.Examiner;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import dev.plumbline.journal.SetAside.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The run over documents that is taken back, and how.
 *
 * @param run its number
 * @param property the property that holds the document's text, as its images call it
 * @param merging carries changes back that somebody has made since, where that is wanted
 * @param keys how its images name documents
 */
record Reverted(long run, String property, Optional<Examiner> merging, DocumentKey keys) {
  private static final int PATHS_TOLD = 20;

  Restoration judge(Image image, Optional<Document> now) {
    return Restoration.of(image, now, property, merging);
  }

  /** What is written into the document; empty where it stays as it is. */
  static Optional<Map<String, Optional<String>>> texts(Restoration judged) {
    return switch (judged) {
      case Restoration.Restore restore -> Optional.of(restore.texts());
      case Restoration.Merge merge -> Optional.of(merge.texts());
      case Restoration.AlreadyBack back -> Optional.empty();
      case Restoration.Conflict conflict -> Optional.empty();
    };
  }

  /** Notes what is kept of a document, if anything is. */
  void note(Progress progress, String id, Restoration judged) {
    switch (judged) {
      case Restoration.Conflict conflict -> keep(progress, id, conflict.why(), conflict.paths());
      case Restoration.Restore restore ->
          inPart(progress, id, Restoration.Restore.IN_PART, restore.kept());
      case Restoration.Merge merge -> inPart(progress, id, Restoration.Merge.IN_PART, merge.kept());
      case Restoration.AlreadyBack back -> {}
    }
  }

  private void inPart(Progress progress, String id, String why, List<String> kept) {
    if (!kept.isEmpty()) {
      keep(progress, id, why, kept);
    }
  }

  private void keep(Progress progress, String id, String why, List<String> paths) {
    progress.setAside(
        new SetAside(0, keys.key(id), Reason.CONFLICT, Optional.empty(), sentence(why, paths)));
  }

  /** Why a document is kept, and where it was changed. */
  static String sentence(String why, List<String> paths) {
    if (paths.equals(List.of(""))) {
      return why;
    }
    String told = String.join(", ", paths.subList(0, Math.min(paths.size(), PATHS_TOLD)));
    int more = paths.size() - PATHS_TOLD;
    return why + ": " + told + (more > 0 ? " and " + more + " more" : "");
  }
}
