package dev.plumbline.repair;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.ObjectSlices;
import dev.plumbline.execution.RunWork;
import dev.plumbline.execution.Sessions;
import dev.plumbline.invariant.Exist;
import dev.plumbline.journal.SetAside;
import dev.plumbline.object.ObjectLook;
import dev.plumbline.object.ObjectState;
import dev.plumbline.object.State;
import dev.plumbline.object.Wanted;
import dev.plumbline.object.Wanted.ClaimWanted;
import dev.plumbline.object.Wanted.IndexWanted;
import dev.plumbline.run.RunState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The repair of {@code exist} as the run loop sees it: each object is a slice, numbered from 1 in
 * the order of the invariant's file. One that cannot be made does not keep the others from it.
 */
final class ExistWork implements RunWork<Integer> {
  private final Database database;
  private final Sessions sessions;
  private final Exist exist;
  private final List<Wanted> wanted;
  private final HeldRun held;
  private final Timeouts reading;
  private final ObjectSlices<Integer> slices;
  private final IndexMaking indexes;
  private final StatementMaking statements;
  private Optional<AuditResult> verified = Optional.empty();

  /**
   * @param exist only the objects in the run's scope
   * @param wanted what its statements want
   * @param held with sessions that have time enough to build an index
   */
  ExistWork(Database database, Exist exist, List<Wanted> wanted, HeldRun held, Timeouts reading) {
    this.database = database;
    this.sessions = held.sessions();
    this.exist = exist;
    this.held = held;
    this.reading = reading;
    this.wanted = wanted;
    this.slices = new ObjectSlices<>(held, step -> step);
    ExistSlices ends = new ExistSlices(held, slices);
    this.indexes = new IndexMaking(database, reading, ends);
    this.statements = new StatementMaking(database, reading, ends);
  }

  @Override
  public void reload() {
    slices.reload(steps());
  }

  private List<Integer> steps() {
    return IntStream.rangeClosed(1, wanted.size()).boxed().toList();
  }

  @Override
  public Optional<Integer> next(int rows) {
    return slices.next();
  }

  @Override
  public Applied apply(Integer step) {
    return slices.alone(
        () ->
            switch (wanted.get(step - 1)) {
              case IndexWanted index -> indexes.apply(step, index);
              case ClaimWanted claims -> statements.apply(step, claims);
            });
  }

  @Override
  public List<Integer> split(Integer step) {
    return List.of();
  }

  @Override
  public void quarantine(Integer step, PlumblineException error) {
    slices.quarantine(step, session -> ExistSlices.key(wanted.get(step - 1)), error);
  }

  @Override
  public Verified verify() {
    AuditResult found =
        new Auditor(database, reading)
            .audit("", List.of(exist), AuditOptions.standard())
            .results()
            .getFirst()
            .orThrow();
    verified = Optional.of(found);
    long remaining = found.counts().orElseThrow().violations();
    return sessions.use(
        session -> {
          held.noteRemaining(session, remaining);
          return new Verified(remaining, toMake(session).size());
        });
  }

  /** Objects that no batch has tried in vain. */
  private List<Integer> toMake(Session session) {
    Set<Integer> failed =
        held.progress(session).setAside(wanted.size()).stream()
            .map(SetAside::step)
            .collect(Collectors.toSet());
    List<ObjectState> states = new ObjectLook(session).of(wanted);
    return steps().stream()
        .filter(step -> states.get(step - 1).toMake() && !failed.contains(step))
        .toList();
  }

  @Override
  public void prepareNextPass() {
    held.nextPass(session -> toMake(session).forEach(held.progress(session)::reopen));
  }

  @Override
  public void again() {
    sessions.transaction(
        session -> {
          held.progress(session).forgetSetAside();
          List<ObjectState> states = new ObjectLook(session).of(wanted);
          steps().stream()
              .filter(step -> states.get(step - 1).state() != State.PRESENT)
              .forEach(held.progress(session)::reopen);
          return true;
        });
  }

  @Override
  public Optional<AuditResult> verified() {
    return verified;
  }

  @Override
  public RunState transition(RunState from, RunState to) {
    return held.transition(from, to);
  }
}
