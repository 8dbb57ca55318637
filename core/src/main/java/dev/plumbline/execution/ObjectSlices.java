package dev.plumbline.execution;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.journal.SetAside;
import dev.plumbline.run.Work.Signal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Schema objects as slices of a run's work. Each is known to the journal by its number, and one
 * that fails does not keep the others from their turn. Safe for several threads, of which one at a
 * time may call {@link #reload} and {@link #next}.
 *
 * @param <S> what stands for an object
 */
public final class ObjectSlices<S> {
  private final HeldRun held;
  private final ToIntFunction<S> number;
  private final Deque<S> left = new ArrayDeque<>();

  public ObjectSlices(HeldRun held, ToIntFunction<S> number) {
    this.held = held;
    this.number = number;
  }

  /**
   * Reads from the journal which are done.
   *
   * @param all in the order in which they shall be worked on
   */
  public void reload(List<S> all) {
    held.reload(
        session -> {
          Set<Long> done = held.progress(session).done();
          left.clear();
          all.stream()
              .filter(object -> !done.contains((long) number.applyAsInt(object)))
              .forEach(left::add);
        });
  }

  public Optional<S> next() {
    return Optional.ofNullable(left.poll());
  }

  /** What is wrong with one object is an error of the data: it is set aside, the others go on. */
  public <T> T alone(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException e) {
      throw switch (e.kind()) {
        case DEFINITION, PERMISSION, TIMEOUT, OTHER -> e.as(FailureKind.DATA);
        case DATA, CONTENTION, CONNECTION, READ_ONLY, RESOURCES -> e;
      };
    }
  }

  /**
   * @param changed 1 if the object was changed, else 0
   * @see OpenBatch#checkpoint
   */
  public Signal checkpoint(Session session, OpenBatch batch, S object, long changed) {
    return batch.checkpoint(session, OptionalLong.of(number.applyAsInt(object)), "", "", changed);
  }

  /** Without a checkpoint: a run that is resumed tries it again. */
  public void quarantine(S object, Function<Session, Key> key, PlumblineException error) {
    held.sessions()
        .transaction(
            session -> {
              held.extendLease(session);
              held.progress(session)
                  .setAside(
                      SetAside.quarantined(number.applyAsInt(object), key.apply(session), error));
              return true;
            });
  }
}
