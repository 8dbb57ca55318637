package dev.plumbline.transform;

import dev.plumbline.dialect.Key;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside.Reason;
import dev.plumbline.run.Work.Verified;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The documents that are still as a run left them, when its rollback looks at all of them once
 * more. What was set aside of the others is noted anew, as they are found now: somebody may have
 * changed them, or changed them back. For one thread.
 */
final class Unrestored {
  private final HeldRun held;
  private final Reverted reverted;
  private final Set<Key> noted = new HashSet<>();
  private final List<Key> found = new ArrayList<>();
  private List<Key> fresh = List.of();

  Unrestored(HeldRun held, Reverted reverted) {
    this.held = held;
    this.reverted = reverted;
  }

  /** A look begins. */
  void begin() {
    found.clear();
    noted.clear();
    noted.addAll(held.sessions().use(session -> held.progress(session).allSetAside()));
  }

  /** A document, as it is now; to be called in a transaction. */
  void see(Progress progress, String id, Restoration now) {
    if (Reverted.texts(now).isPresent()) {
      found.add(reverted.keys().key(id));
    } else {
      settle(progress, id, now);
    }
  }

  /** A document with which there is nothing more to do. */
  void settle(Progress progress, String id, Restoration now) {
    Key key = reverted.keys().key(id);
    if (noted.contains(key)) {
      progress.forget(List.of(key));
    }
    reverted.note(progress, id, now);
  }

  /** What is left, after all was looked at; those that were given up are not tried again. */
  Verified verified() {
    return held.sessions()
        .use(
            session -> {
              Set<Key> givenUp = new HashSet<>(held.progress(session).setAside(Reason.QUARANTINED));
              fresh = found.stream().filter(key -> !givenUp.contains(key)).toList();
              long remaining = (long) fresh.size() + givenUp.size();
              held.noteRemaining(session, remaining);
              return new Verified(remaining, fresh.size());
            });
  }

  /** They are the work of a further pass. */
  void prepareNextPass() {
    held.nextPass(session -> held.progress(session).append(fresh));
  }
}
