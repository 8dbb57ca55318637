package dev.plumbline.repair;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.ImageTable;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.execution.Changes;
import dev.plumbline.execution.Slice;
import dev.plumbline.execution.Slice.ListRange;
import dev.plumbline.invariant.EveryQuery;
import dev.plumbline.invariant.Narrowing;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Progress;
import dev.plumbline.journal.SetAside;
import java.util.List;
import java.util.Optional;

/**
 * What happens to the data in the transaction of one batch: rows are locked in key order, then the
 * violations are computed in a fresh statement and frozen, then each step writes and keeps its
 * before-images.
 *
 * <p>The order matters under READ COMMITTED: a statement that waits for a lock sees the newest
 * version of the locked row, but evaluates its subqueries as of its own beginning (see <a
 * href="https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED">Read
 * Committed</a>). Locking first and computing afterwards leaves nothing stale.
 */
final class BatchTransaction {
  private final Job job;
  private final Session session;
  private final Dialect dialect;
  private final Progress progress;
  private final List<Images> images;
  private final long number;

  /**
   * @param images of each step, in the steps' order
   * @param number the batch's, which its before-images carry
   */
  BatchTransaction(Job job, Session session, Progress progress, List<Images> images, long number) {
    this.job = job;
    this.session = session;
    this.dialect = session.dialect();
    this.progress = progress;
    this.images = images;
    this.number = number;
  }

  /**
   * Repairs the violations in a slice and returns how many rows it changed.
   *
   * @param again whether the verification has found these keys after they were repaired. A column
   *     that was set to its right value is right; so the first time nobody looks, and what violates
   *     all the same is found by the verification.
   */
  long repair(Slice slice, boolean again) {
    List<Key> listed =
        slice instanceof ListRange list ? progress.keys(list.after(), list.upTo()) : List.of();
    Narrowing narrowing = job.narrowing(dialect).and(job.in(dialect, slice, listed));
    long changed =
        job.steps().getFirst() instanceof Step.SetRight right
            ? setRight(right, narrowing)
            : inSteps(narrowing);
    if (slice instanceof ListRange && (again || !setsRight())) {
      // Whatever the scope's condition says of them now: their columns may have been changed.
      setAsideWhatRemains(new Narrowing(Optional.empty(), narrowing.keys()));
    }
    return changed;
  }

  private boolean setsRight() {
    return job.steps().getFirst() instanceof Step.SetRight right
        && right.table().triggers().isEmpty();
  }

  private long setRight(Step.SetRight step, Narrowing narrowing) {
    lock(step, step.query().population(narrowing));
    return Changes.carryOut(
        session,
        step.table(),
        dialect.updateFrom(
            step.table().sql(),
            step.query().rows(narrowing, dialect.rowAddress(step.table().sql())),
            step.query().keys(narrowing),
            step.columns(),
            imagesOf(0)));
  }

  private long inSteps(Narrowing narrowing) {
    Sql violations = job.query().rows(narrowing);
    lockTargets(violations);
    freeze(violations);
    long changed = 0;
    for (int i = 0; i < job.steps().size(); i++) {
      Step step = job.steps().get(i);
      changed += Changes.carryOut(session, step.table(), statements(step, imagesOf(i)));
    }
    dialect.thaw().forEach(session::execute);
    return changed;
  }

  /** Locks what the steps are going to change, as far as it can be told beforehand. */
  private void lockTargets(Sql violations) {
    if (dialect.writesAlone()) {
      return;
    }
    if (job.query() instanceof EveryQuery every && !every.unique()) {
      dialect.lockTable(every.table().sql()).ifPresent(session::execute);
    }
    if (job.steps().stream().allMatch(Step.InsertRows.class::isInstance)) {
      return; // there is nothing yet that could be locked
    }
    freeze(violations);
    for (Step step : job.steps()) {
      switch (step) {
        case Step.UpdateRows update -> lock(step, update.where());
        case Step.DeleteRows delete -> lock(step, delete.where());
        case Step.InsertRows insert -> {}
        case Step.SetRight right -> {}
      }
    }
  }

  private void lock(Step step, Sql where) {
    String table = step.table().sql();
    // Nobody may refer anew to a row that goes: a cascade would take the other row along.
    Optional<Sql> locking =
        step instanceof Step.DeleteRows
            ? dialect.lockRowsToDelete(table, step.key(), where)
            : dialect.lockRows(table, step.key(), where);
    locking.ifPresent(sql -> session.one(sql, row -> row.number(1)));
  }

  private void freeze(Sql violations) {
    dialect.freeze(violations).forEach(session::execute);
  }

  private List<Sql> statements(Step step, ImageTable kept) {
    String table = step.table().sql();
    return switch (step) {
      case Step.InsertRows insert ->
          dialect.insertRows(table, insert.columns(), insert.select(), insert.conflict(), kept);
      case Step.UpdateRows update ->
          dialect.updateRows(table, update.columns(), update.set(), update.where(), kept);
      case Step.DeleteRows delete -> dialect.deleteRows(table, delete.where(), kept);
      case Step.SetRight right ->
          throw new IllegalStateException("a derived column is set by itself");
    };
  }

  private ImageTable imagesOf(int step) {
    return images.get(step).of(number);
  }

  private void setAsideWhatRemains(Narrowing narrowing) {
    List<Key> remaining =
        session.query(
            job.keys(dialect, narrowing, Sql.of("TRUE")), row -> Key.fromJson(row.required(1)));
    String message =
        job.steps().stream()
            .flatMap(step -> Changes.triggers(step.table()).stream())
            .findFirst()
            .map(triggers -> "still violates after the repair's steps; see " + triggers)
            .orElse("still violates after the repair's steps");
    for (Key key : remaining) {
      progress.setAside(
          new SetAside(0, key, SetAside.Reason.UNREPAIRABLE, Optional.empty(), message));
    }
  }
}
