package dev.plumbline.transform;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Key;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Gaps;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.journal.Batch;
import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.journal.NewRun.Strategy;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import dev.plumbline.journal.SetAside.Reason;
import dev.plumbline.run.RunState;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.DocumentSource.Page;
import dev.plumbline.source.DocumentSource.Unreadable;
import dev.plumbline.transform.DocumentSlice.Listed;
import dev.plumbline.transform.DocumentSlice.Named;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A transform of documents outside of a database as the run loop sees it: documents in a row, a
 * page or two of the source's, are a batch. The journal is in a database of its own, so a batch is
 * three steps: intents are made durable, requests go out, and what became of them is entered with
 * the checkpoint.
 */
final class RemoteWork implements RunWork<DocumentSlice> {
  private final DocumentSource source;
  private final Examiner examiner;
  private final boolean idempotent;
  private final HeldRun held;
  private final Sessions sessions;
  private final Evidence evidence;

  // Where the next slice begins; used by one thread at a time.
  private final Deque<DocumentSlice> named = new ArrayDeque<>();
  private final Deque<PageGaps.Gap> gaps = new ArrayDeque<>();
  private Optional<String> reached = Optional.empty();
  private long number;
  private boolean listing;

  // What the last verification found.
  private Optional<Findings> found = Optional.empty();
  private List<String> fresh = List.of();

  /**
   * @param idempotent whether transforming a document again changes nothing
   */
  RemoteWork(
      DocumentSource source,
      Examiner examiner,
      boolean idempotent,
      HeldRun held,
      Evidence evidence) {
    this.idempotent = idempotent;
    this.source = source;
    this.examiner = examiner;
    this.held = held;
    this.sessions = held.sessions();
    this.evidence = evidence;
  }

  /** What the fresh look at the end found; empty before it. */
  Optional<Findings> found() {
    return found;
  }

  /** Requests wait for answers, not for a processor, and the journal's transactions are short. */
  @Override
  public int workers(Dialect journal, int asked) {
    return asked;
  }

  @Override
  public void again() {
    sessions.transaction(
        session -> {
          Progress progress = held.progress(session);
          progress.append(progress.allSetAside());
          progress.forgetSetAside();
          return true;
        });
  }

  @Override
  public void reload() {
    held.reload(
        session -> {
          Progress progress = held.progress(session);
          named.clear();
          named.addAll(placesLeft(progress));
          gaps.clear();
          listing = held.pass() == 0 && held.run().plan().strategy() == Strategy.SCAN;
          if (listing) {
            List<Batch> pages = progress.scanBatches();
            gaps.addAll(PageGaps.in(pages));
            Optional<Batch> last = PageGaps.furthest(pages);
            number = last.map(batch -> batch.sequence().orElseThrow()).orElse(0L);
            reached =
                last.map(batch -> PageGaps.place(batch.to()))
                    .orElse(held.run().plan().scope().where());
            listing = last.isEmpty() || !last.get().to().isEmpty();
          }
        });
  }

  private static List<Named> placesLeft(Progress progress) {
    return Gaps.inWorklist(progress.worklistBatches(), progress.lastInWorklist()).stream()
        .map(gap -> new Named(gap.after(), gap.upTo()))
        .toList();
  }

  @Override
  public Optional<DocumentSlice> next(int most) {
    if (!gaps.isEmpty()) {
      return Optional.of(missing(gaps.pop(), most));
    }
    if (!named.isEmpty()) {
      return Optional.of(some((Named) named.pop(), most));
    }
    return listing ? Optional.of(list(most)) : Optional.empty();
  }

  private DocumentSlice missing(PageGaps.Gap gap, int documents) {
    Listed page = new Listed(gap.number(), gap.after(), Pages.some(source, gap.after(), documents));
    if (gap.count() > 1) {
      gaps.push(new PageGaps.Gap(gap.number() + 1, gap.count() - 1, page.page().end()));
    }
    return page;
  }

  private DocumentSlice some(Named places, int documents) {
    long middle = Math.min(places.after() + documents, places.upTo());
    if (middle < places.upTo()) {
      named.push(new Named(middle, places.upTo()));
    }
    return new Named(places.after(), middle);
  }

  private DocumentSlice list(int documents) {
    Listed page = new Listed(++number, reached, Pages.some(source, reached, documents));
    reached = page.page().end();
    listing = reached.isPresent();
    return page;
  }

  @Override
  public Applied apply(DocumentSlice slice) {
    OpenBatch batch = held.openBatch();
    Page page = documents(slice);
    Writing writing =
        new Writing(
            source, examiner, batch.number(), imagesOf(page.documents()), idempotent, this::intend);
    writing.write(page.documents());
    return sessions.transaction(
        session -> {
          DocumentImages images = new DocumentImages(session, held.run().id());
          writing.fates().enter(images);
          evidence.after(images.find(writing.fates().written()));
          setAside(held.progress(session), page, writing);
          return new Applied(
              page.documents().size() + page.unreadable().size(),
              batch.checkpoint(
                  session,
                  slice.sequence(),
                  slice.from(),
                  slice.to(),
                  writing.fates().written().size()));
        });
  }

  private Page documents(DocumentSlice slice) {
    return switch (slice) {
      case Listed listed -> listed.page();
      case Named places -> {
        List<String> ids =
            sessions.use(
                session ->
                    held.progress(session).keys(places.after(), places.upTo()).stream()
                        .map(RemoteWork::id)
                        .toList());
        yield source.named(ids);
      }
    };
  }

  static String id(Key key) {
    return key.values().getFirst();
  }

  /** What the run has of these documents already, as one that was killed has left it. */
  private List<Image> imagesOf(List<Document> documents) {
    List<String> ids = documents.stream().map(Document::id).toList();
    return sessions.use(session -> new DocumentImages(session, held.run().id()).find(ids));
  }

  private void intend(List<Image> intents) {
    evidence.before(intents);
    sessions.transaction(
        session -> {
          held.extendLease(session);
          new DocumentImages(session, held.run().id()).enter(intents);
          return true;
        });
  }

  private static void setAside(Progress progress, Page page, Writing writing) {
    writing.settled(
        (id, found) -> {
          switch (found) {
            case Examination.Refused refused ->
                aside(progress, id, Reason.UNREPAIRABLE, Problem.refused(id, refused.findings()));
            case Examination.Failed failed ->
                aside(progress, id, Reason.QUARANTINED, Problem.failed(id, failed.what()));
            case Examination.Skipped none -> {}
            case Examination.Unchanged same -> {}
            case Examination.Transformed result -> {}
          }
        });
    writing
        .fates()
        .failed((id, what) -> aside(progress, id, Reason.QUARANTINED, Problem.failed(id, what)));
    for (Unreadable one : page.unreadable()) {
      aside(progress, one.id(), Reason.QUARANTINED, Problem.failed(one.id(), one.what()));
    }
  }

  /** What the fresh look has found; most of it is set aside already. */
  private static void keepAside(Progress progress, Problem problem) {
    Reason reason =
        switch (problem.sort()) {
          case VALIDATION_ERROR -> Reason.UNREPAIRABLE;
          case FAILED -> Reason.QUARANTINED;
        };
    aside(progress, problem.id(), reason, problem);
  }

  private static void aside(Progress progress, String id, Reason reason, Problem problem) {
    progress.setAside(
        new SetAside(0, new Key(List.of(id)), reason, Optional.empty(), problem.what()));
  }

  /** Only the journal can refuse a whole slice, and then none of it was entered. */
  @Override
  public List<DocumentSlice> split(DocumentSlice slice) {
    return List.of();
  }

  @Override
  public void quarantine(DocumentSlice slice, PlumblineException error) {
    OpenBatch batch = held.openBatch();
    List<Document> documents = documents(slice).documents();
    sessions.transaction(
        session -> {
          Progress progress = held.progress(session);
          for (Document document : documents) {
            progress.setAside(SetAside.quarantined(0, new Key(List.of(document.id())), error));
          }
          return batch.checkpoint(session, slice.sequence(), slice.from(), slice.to(), 0);
        });
  }

  /** Reads everything in the scope again, after settling what is still open. */
  @Override
  public Verified verify() {
    settleOpen();
    RemoteLook look = look(sessions.use(session -> givenUp(held.progress(session))));
    found = Optional.of(look.findings());
    fresh = look.left();
    long remaining = look.findings().remaining();
    sessions.transaction(
        session -> {
          look.findings().problems().forEach(problem -> keepAside(held.progress(session), problem));
          held.noteRemaining(session, remaining);
          return true;
        });
    return new Verified(remaining, fresh.size());
  }

  private RemoteLook look(Map<String, String> givenUp) {
    RemoteLook look = new RemoteLook(examiner, this::done, givenUp);
    if (held.run().plan().strategy() == Strategy.WORKLIST) {
      Pages.named(source, worklist(), source.batch(), look::page);
      return look;
    }
    List<Optional<String>> starts = starts();
    // Where nothing is waited for, a folder's pages, several threads would be no faster.
    if (source.allowance().isPresent()
        && starts.size() > 1
        && Stretches.through(source, starts, source.batch(), look::page)) {
      return look;
    }
    RemoteLook whole = new RemoteLook(examiner, this::done, givenUp);
    Pages.from(
        source,
        starts.getFirst(),
        source.batch(),
        page -> {
          whole.page(page);
          return true;
        });
    return whole;
  }

  /** Where as many stretches of the listed pages begin as the run has workers. */
  private List<Optional<String>> starts() {
    List<Batch> pages = sessions.use(session -> held.progress(session).scanBatches());
    List<Optional<String>> starts = new ArrayList<>();
    starts.add(held.run().plan().scope().where());
    starts.addAll(PageGaps.ends(pages, held.run().plan().workers() - 1));
    return starts;
  }

  /** Those that the run has written, where transforming them again would be a second change. */
  private Set<String> done(List<Document> documents) {
    return idempotent
        ? Set.of()
        : imagesOf(documents).stream()
            .filter(image -> image.state() == State.WRITTEN)
            .map(Image::id)
            .collect(Collectors.toSet());
  }

  /** What was set aside, and why. */
  private static Map<String, String> givenUp(Progress progress) {
    Map<String, String> given = new HashMap<>();
    for (SetAside aside : progress.setAside(Findings.LISTED)) {
      given.put(id(aside.key()), aside.message());
    }
    progress.allSetAside().forEach(key -> given.putIfAbsent(id(key), "it could not be written"));
    return given;
  }

  /** Intents whose documents no slice has come upon again: read and entered for what they are. */
  private void settleOpen() {
    List<Image> open =
        sessions.use(session -> new DocumentImages(session, held.run().id()).intended());
    for (int from = 0; from < open.size(); from += source.batch()) {
      List<Image> some = open.subList(from, Math.min(from + source.batch(), open.size()));
      List<Document> now = source.read(some.stream().map(Image::id).toList());
      Writing settling =
          new Writing(source, examiner, 0, some, idempotent, intents -> {}); // nothing to keep
      settling.settle(now);
      sessions.transaction(
          session -> {
            settling.fates().enter(new DocumentImages(session, held.run().id()));
            held.extendLease(session);
            return true;
          });
    }
  }

  private Collection<String> worklist() {
    return sessions.use(
        session -> {
          Progress progress = held.progress(session);
          return new ArrayList<>(
              new LinkedHashSet<>(
                  progress.keys(0, progress.lastInWorklist()).stream()
                      .map(RemoteWork::id)
                      .toList()));
        });
  }

  @Override
  public void prepareNextPass() {
    held.nextPass(
        session ->
            held.progress(session).append(fresh.stream().map(id -> new Key(List.of(id))).toList()));
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
