package dev.plumbline.rollback;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.Changes;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import dev.plumbline.rollback.Restore.Part;
import dev.plumbline.rollback.Restore.View;
import dev.plumbline.run.RunState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A rollback as the run loop sees it: the batches of the run that is taken back, the last first,
 * each in one transaction. One worker only, since the order matters.
 *
 * <p>A batch whose parts were committed one by one is begun anew if the last part is missing: a row
 * that is restored already is then left alone.
 */
final class RollbackWork implements RunWork<BatchPart> {
  private final Database database;
  private final Sessions sessions;
  private final Target target;
  private final HeldRun held;
  private final Timeouts reading;

  // Read from the journal by reload(), before the worker begins.
  private final Map<Integer, Images> own = new HashMap<>();
  private final Set<Integer> toUnfold = new HashSet<>();
  private boolean someGivenUp;
  private final Deque<BatchPart> left = new ArrayDeque<>();

  RollbackWork(Database database, Target target, HeldRun held, Timeouts reading) {
    this.database = database;
    this.sessions = held.sessions();
    this.target = target;
    this.held = held;
    this.reading = reading;
  }

  @Override
  public void reload() {
    held.reload(
        session -> {
          held.images(session).list().forEach(i -> own.put(i.step(), i));
          BeforeImages theirs = new BeforeImages(session, target.run().id());
          target.restores().stream()
              .map(r -> r.rows().images())
              .filter(i -> !theirs.indexable(i))
              .forEach(i -> toUnfold.add(i.step()));
          someGivenUp = held.progress(session).someGivenUp();
          Set<Long> done = held.progress(session).done();
          left.clear();
          session.query(target.batches(session.dialect()), row -> row.number(1)).stream()
              .filter(batch -> !done.contains(batch))
              .map(BatchPart::whole)
              .forEach(left::add);
        });
  }

  /** A batch as large as it was: its size has been found to fit. */
  @Override
  public Optional<BatchPart> next(int rows) {
    return Optional.ofNullable(left.poll());
  }

  @Override
  public Applied apply(BatchPart part) {
    OpenBatch batch = held.openBatch();
    return sessions.transaction(
        session -> {
          session.dialect().guardsAside(tables()).forEach(session::execute);
          long rows = 0;
          for (Restore restore : restores(part)) {
            Restore unfolded = unfolded(session, restore, part);
            rows += restore(session, unfolded, part, batch.number());
          }
          session.dialect().guardsReturn().forEach(session::execute);
          return new Applied(rows, checkpoint(session, batch, part, rows));
        });
  }

  /** What a guard has made of them since is not what the run found there. */
  private List<String> tables() {
    return target.restores().stream().map(r -> r.rows().table().sql()).toList();
  }

  private List<Restore> restores(BatchPart part) {
    return target.backwards().stream()
        .filter(r -> part.step().isEmpty() || part.step().getAsInt() == r.rows().images().step())
        .toList();
  }

  /** The same over images that are quick to read, in this transaction. */
  private Restore unfolded(Session session, Restore restore, BatchPart part) {
    if (!toUnfold.contains(restore.rows().images().step())) {
      return restore;
    }
    restore.rows().unfold(part.batch()).forEach(session::execute);
    return restore.over(restore.rows().unfolded());
  }

  /** Locks first, then writes in a fresh statement: nothing that it decides on can be stale. */
  private long restore(Session session, Restore restore, BatchPart batch, long number) {
    Part part = part(session, restore.rows(), batch);
    restore.lock(part).ifPresent(sql -> session.one(sql, row -> row.number(1)));
    Images images =
        Optional.ofNullable(own.get(target.ownStep(restore)))
            .orElseThrow(() -> new IllegalStateException("no place for before-images"));
    long all = 0;
    long rows;
    do {
      rows =
          Changes.carryOut(
              session, restore.rows().table(), restore.statements(part, images.of(number)));
      all += rows;
    } while (rows > 0 && restore.repeats());
    setAsideWhatRemains(session, restore, part);
    return all;
  }

  /** Rows that were given up before are left alone, so that their triggers do not fire again. */
  private Part part(Session session, ImageRows rows, BatchPart batch) {
    Sql images =
        someGivenUp
            ? Sql.of("{} AND {}", rows.in(batch), rows.notAmong(givenUp(session, rows)))
            : rows.in(batch);
    return new Part(images, reach(session, rows, batch));
  }

  private Sql givenUp(Session session, ImageRows rows) {
    return held.progress(session).givenUp(List.of(rows.images().step()));
  }

  /**
   * What the batch's own statement could not restore no further pass will: a trigger has undone it.
   * Without row triggers that is not so, and nobody looks the first time. A row that came back but
   * for some columns, such as one that counts its versions, is kept as a conflict is.
   */
  private void setAsideWhatRemains(Session session, Restore restore, Part part) {
    String table = restore.rows().table().label();
    Optional<String> triggers = Changes.triggers(restore.rows().table());
    if (triggers.isEmpty() && held.pass() == 0) {
      return;
    }
    Dialect dialect = session.dialect();
    Progress progress = held.progress(session);
    String whole =
        triggers
            .map(t -> t + " " + restore.undone())
            .orElse(table + ": still as the run left it after its batch");
    progress.setAside(
        SetAside.Reason.UNREPAIRABLE,
        remaining(
            restore,
            part,
            Sql.of("{}", dialect.literal(whole)),
            Sql.of("NOT {}", restore.inPart())));
    String columns = table + ": set again" + triggers.map(t -> " by " + t).orElse("") + ": ";
    progress.setAside(
        SetAside.Reason.SET_AGAIN,
        remaining(
            restore,
            part,
            Sql.of("{} || substr({}, 3)", dialect.literal(columns), restore.left()),
            restore.inPart()));
  }

  /** Rows of a part that are still as the run left them, for {@link Progress#setAside}. */
  private static Sql remaining(Restore restore, Part part, Sql message, Sql which) {
    ImageRows rows = restore.rows();
    return Sql.of(
        "SELECT {} AS step, {} AS key, {} AS message FROM {} WHERE {} AND {} AND {} AND {}",
        rows.images().step(),
        rows.keyJson(),
        message,
        rows.withRows(),
        part.images(),
        restore instanceof ReturnRows ? Sql.of("TRUE") : part.rows(),
        restore.restorable(View.NOW),
        which);
  }

  /**
   * A batch is worked on in key order, so its rows lie close together. SQLite looks each key up in
   * any case, and may order keys otherwise than the table does.
   */
  private static Sql reach(Session session, ImageRows rows, BatchPart batch) {
    List<Key> first =
        session.dialect().writesAlone() ? List.of() : keys(session, rows, batch, "", 1, 0);
    return first.isEmpty()
        ? Sql.of("TRUE")
        : rows.between(first.getFirst(), keys(session, rows, batch, "DESC", 1, 0).getFirst());
  }

  private static Signal checkpoint(Session session, OpenBatch batch, BatchPart part, long rows) {
    return batch.checkpoint(session, OptionalLong.of(part.batch()), part.from(), part.to(), rows);
  }

  /** A batch in its steps, a step in halves by key. */
  @Override
  public List<BatchPart> split(BatchPart part) {
    List<Restore> restores = restores(part);
    if (restores.size() > 1) {
      List<BatchPart> parts = new ArrayList<>();
      for (int i = 0; i < restores.size(); i++) {
        parts.add(part.ofStep(restores.get(i).rows().images().step(), i == restores.size() - 1));
      }
      return parts;
    }
    BatchPart one = part.ofStep(restores.getFirst().rows().images().step(), true);
    return sessions.transaction(
        session -> {
          ImageRows rows = unfolded(session, restores.getFirst(), one).rows();
          long count =
              session.one(
                  Sql.of("SELECT count(*) FROM {} WHERE {}", rows.from(), rows.in(one)),
                  row -> row.number(1));
          if (count <= 1) {
            return List.<BatchPart>of();
          }
          Key middle = keys(session, rows, one, "", 1, count / 2 - 1).getFirst();
          return List.of(one.firstHalf(middle), one.secondHalf(middle));
        });
  }

  private static List<Key> keys(
      Session session, ImageRows rows, BatchPart part, String direction, int most, long offset) {
    return session.query(
        Sql.of(
            "SELECT {} FROM {} WHERE {} ORDER BY {} LIMIT {} OFFSET {}",
            rows.keyJson(),
            rows.from(),
            rows.in(part),
            Sql.join(", ", rows.key().stream().map(k -> Sql.of("{} {}", k, direction)).toList()),
            most,
            offset),
        row -> Key.fromJson(row.required(1)));
  }

  @Override
  public void quarantine(BatchPart single, PlumblineException error) {
    OpenBatch batch = held.openBatch();
    sessions.transaction(
        session -> {
          ImageRows rows = unfolded(session, restores(single).getFirst(), single).rows();
          for (Key key : keys(session, rows, single, "", 1, 0)) {
            held.progress(session).setAside(SetAside.quarantined(rows.images().step(), key, error));
          }
          return checkpoint(session, batch, single, 0);
        });
  }

  /**
   * Every row that the run changed holds its old values, or is listed as kept: what somebody has
   * written before or after it was restored is not touched again. What was given up remains.
   */
  @Override
  public Verified verify() {
    long fresh = unrestored();
    return sessions.transaction(
        session -> {
          Progress progress = held.progress(session);
          progress.forget(SetAside.Reason.CONFLICT);
          for (Judgement judgement : target.judgements(session.dialect(), View.NOW)) {
            progress.setAside(SetAside.Reason.CONFLICT, judgement.conflicts());
          }
          long remaining =
              fresh
                  + progress.count(SetAside.Reason.QUARANTINED)
                  + progress.count(SetAside.Reason.UNREPAIRABLE);
          held.noteRemaining(session, remaining);
          return new Verified(remaining, fresh);
        });
  }

  /** Rows that hold still what the run wrote, and were not given up. */
  private long unrestored() {
    try (Session session = database.openForReading(reading)) {
      return session.transaction(
          () -> {
            long count = 0;
            for (Judgement judgement : target.judgements(session.dialect(), View.NOW)) {
              count +=
                  session.one(
                      judgement.unrestored(held.progress(session).givenUp(judgement.runSteps())),
                      row -> row.number(1));
            }
            return count;
          });
    }
  }

  @Override
  public void prepareNextPass() {
    held.nextPass(this::reopen);
  }

  /** The batches of the rows that were given up are done anew. */
  @Override
  public void again() {
    sessions.transaction(
        session -> {
          held.progress(session).forget(SetAside.Reason.QUARANTINED);
          held.progress(session).forget(SetAside.Reason.UNREPAIRABLE);
          held.progress(session).forget(SetAside.Reason.SET_AGAIN);
          reopen(session);
          return true;
        });
  }

  private void reopen(Session session) {
    for (Judgement judgement : target.judgements(session.dialect(), View.NOW)) {
      session
          .query(judgement.unrestoredBatches(rows -> givenUp(session, rows)), row -> row.number(1))
          .forEach(held.progress(session)::reopen);
    }
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
