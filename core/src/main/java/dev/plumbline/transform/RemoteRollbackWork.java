package dev.plumbline.transform;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.execution.Slice;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import dev.plumbline.journal.SetAside.Reason;
import dev.plumbline.run.RunState;
import dev.plumbline.source.DocumentSource;
import java.util.List;
import java.util.Optional;

/**
 * A rollback of documents outside of a database as the run loop sees it. Like the transform it is
 * three steps: intents are made durable, requests go out, and what became of them is entered with
 * the checkpoint.
 */
final class RemoteRollbackWork implements RunWork<Slice> {
  private final DocumentSource source;
  private final Reverted reverted;
  private final HeldRun held;
  private final Sessions sessions;
  private final ImageSlices slices;
  private final Unrestored unrestored;

  RemoteRollbackWork(DocumentSource source, Reverted reverted, HeldRun held) {
    this.source = source;
    this.reverted = reverted;
    this.held = held;
    this.sessions = held.sessions();
    this.slices = new ImageSlices(held, reverted.run(), reverted.keys());
    this.unrestored = new Unrestored(held, reverted);
  }

  /** Requests wait for answers, not for a processor, and the journal's transactions are short. */
  @Override
  public int workers(Dialect journal, int asked) {
    return asked;
  }

  @Override
  public void reload() {
    slices.reload();
  }

  @Override
  public Optional<Slice> next(int most) {
    return slices.next(Math.min(most, source.batch()));
  }

  @Override
  public Applied apply(Slice slice) {
    OpenBatch batch = held.openBatch();
    List<Image> images = sessions.use(session -> slices.images(session, slice));
    Reverting reverting =
        new Reverting(source, reverted, batch.number(), leftOpen(images), this::intend);
    reverting.write(images);
    return sessions.transaction(
        session -> {
          slices.judgeAnew(session, slice);
          enter(session, reverting);
          return new Applied(
              images.size(),
              batch.checkpoint(
                  session,
                  slice.sequence(),
                  slice.from(),
                  slice.to(),
                  reverting.fates().written().size()));
        });
  }

  /** What an attempt that was killed has left without knowing its fate. */
  private List<Image> leftOpen(List<Image> images) {
    List<String> ids = images.stream().map(Image::id).toList();
    return sessions.use(
        session ->
            new DocumentImages(session, held.run().id())
                .find(ids).stream().filter(image -> image.state() == State.INTENDED).toList());
  }

  private void intend(List<Image> intents) {
    sessions.transaction(
        session -> {
          held.extendLease(session);
          new DocumentImages(session, held.run().id()).enter(intents);
          return true;
        });
  }

  private void enter(Session session, Reverting reverting) {
    reverting.fates().enter(new DocumentImages(session, held.run().id()));
    Progress progress = held.progress(session);
    reverting.judged((id, found) -> reverted.note(progress, id, found));
    reverting.earlier((id, found) -> reverted.note(progress, id, found));
    reverting
        .fates()
        .failed(
            (id, what) ->
                progress.setAside(
                    new SetAside(
                        0, reverted.keys().key(id), Reason.QUARANTINED, Optional.empty(), what)));
  }

  @Override
  public List<Slice> split(Slice slice) {
    return slices.split(slice);
  }

  @Override
  public void quarantine(Slice single, PlumblineException error) {
    slices.quarantine(single, error);
  }

  /** Reads every document that the run wrote again. */
  @Override
  public Verified verify() {
    unrestored.begin();
    List<String> scope =
        held.run().plan().scope().keys().stream().map(reverted.keys()::id).toList();
    if (scope.isEmpty()) {
      throughAll();
    } else {
      for (int from = 0; from < scope.size(); from += source.batch()) {
        List<String> page = scope.subList(from, Math.min(from + source.batch(), scope.size()));
        look(sessions.use(s -> new DocumentImages(s, reverted.run()).find(page)));
      }
    }
    return unrestored.verified();
  }

  private void throughAll() {
    Optional<String> last = Optional.empty();
    while (true) {
      Optional<String> after = last;
      List<Image> page =
          sessions.use(
              session -> new DocumentImages(session, reverted.run()).after(after, source.batch()));
      if (page.isEmpty()) {
        return;
      }
      look(page);
      last = Optional.of(page.getLast().id());
    }
  }

  /** Sees how the documents of a page are, after settling what is open of them. */
  private void look(List<Image> page) {
    List<String> ids = page.stream().map(Image::id).toList();
    List<Image> own =
        sessions.use(session -> new DocumentImages(session, held.run().id()).find(ids));
    Reverting look = new Reverting(source, reverted, 0, own, intents -> {});
    look.settle(page);
    sessions.transaction(
        session -> {
          held.extendLease(session);
          enterLook(session, look);
          return true;
        });
  }

  /** An image of what was written stays, though somebody has changed the document since. */
  private void enterLook(Session session, Reverting look) {
    look.fates().enter(new DocumentImages(session, held.run().id()));
    Progress progress = held.progress(session);
    look.earlier((id, found) -> unrestored.settle(progress, id, found));
    look.judged((id, found) -> unrestored.see(progress, id, found));
  }

  @Override
  public void prepareNextPass() {
    unrestored.prepareNextPass();
  }

  @Override
  public void again() {
    slices.again();
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
