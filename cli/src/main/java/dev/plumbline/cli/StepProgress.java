package dev.plumbline.cli;

import dev.plumbline.journal.Run;
import dev.plumbline.journal.Steps;
import dev.plumbline.migration.Part;
import dev.plumbline.migration.StepListener;
import dev.plumbline.repair.RepairPlan;
import dev.plumbline.report.MigrationText;
import dev.plumbline.rollback.RollbackPlan;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import java.time.Duration;
import java.util.Optional;

/**
 * How a migration goes on, as it goes: a line for each part that is done, and a run's progress
 * while a part is one. Safe for several threads.
 */
final class StepProgress implements StepListener {
  private final Invocation invocation;
  private final Listener told;
  private final Beginning beginning;
  private Optional<RunProgress> run = Optional.empty();

  /** Hears of a run that is in the journal, and whether it has just begun. */
  @FunctionalInterface
  interface Beginning {
    void begun(long run, boolean first);
  }

  /**
   * @param told hears of the runs as well
   */
  StepProgress(Invocation invocation, Listener told, Beginning beginning) {
    this.invocation = invocation;
    this.told = told;
    this.beginning = beginning;
  }

  /** Without anybody else to hear of it. */
  StepProgress(Invocation invocation) {
    this(invocation, new Listener() {}, (run, first) -> {});
  }

  @Override
  public void begun(long id, boolean first) {
    beginning.begun(id, first);
  }

  @Override
  public synchronized void begins(Part part) {
    run = Optional.of(invocation.progress(0));
  }

  @Override
  public synchronized void backfilling(RepairPlan plan) {
    run = Optional.of(invocation.progress(plan.rows()));
  }

  @Override
  public synchronized void takingBack(RollbackPlan plan) {
    run = Optional.of(invocation.progress(plan.restored()));
  }

  @Override
  public synchronized void goingOn(Run left) {
    run = Optional.of(invocation.progress(Math.max(0, left.plan().planned() - left.changed())));
  }

  @Override
  public synchronized void done(Steps.Entry entry) {
    end();
    if (!invocation.json()) {
      invocation.terminal().out().print(MigrationText.step(entry, invocation.style()));
      invocation.terminal().out().flush();
    }
  }

  @Override
  public synchronized void committed(long rows, Duration took) {
    run.ifPresent(progress -> progress.committed(rows, took));
    told.committed(rows, took);
  }

  @Override
  public synchronized void quarantined(String error) {
    run.ifPresent(progress -> progress.quarantined(error));
    told.quarantined(error);
  }

  @Override
  public synchronized void retrying(String why, Duration pause) {
    run.ifPresent(progress -> progress.retrying(why, pause));
    told.retrying(why, pause);
  }

  @Override
  public synchronized void holding(String why) {
    run.ifPresent(progress -> progress.holding(why));
    told.holding(why);
  }

  @Override
  public synchronized void state(RunState state) {
    run.ifPresent(progress -> progress.state(state));
    told.state(state);
  }

  /** Removes what was drawn. */
  synchronized void end() {
    run.ifPresent(RunProgress::end);
    run = Optional.empty();
  }
}
