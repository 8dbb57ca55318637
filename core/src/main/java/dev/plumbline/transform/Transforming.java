package dev.plumbline.transform;

import dev.plumbline.run.Listener;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A transform with the place of its documents, wherever that is: planned without writing, run,
 * resumed. One object may do one of these at a time; {@link #stop} may come from any thread.
 */
public interface Transforming {

  /**
   * What it would do. Nothing is written but into the folder.
   *
   * @param folder where snapshots and reports go; empty: nowhere
   * @param progress hears how many documents have been looked at
   * @throws dev.plumbline.error.PlumblineException 64 if an id is of no document
   */
  TransformPlan plan(TransformOptions options, Optional<RunFolder> folder, LongConsumer progress);

  /**
   * Enters a run in the journal.
   *
   * @return its number
   * @throws dev.plumbline.error.PlumblineException 75 if another run of the transform is active, 64
   *     if an id is of no document
   */
  long begin(TransformOptions options);

  /**
   * Somebody says where the documents of a run are by now, before it is gone on with.
   *
   * @param to as the error has it that refused to go on
   * @throws dev.plumbline.error.PlumblineException 64 if they are not there
   */
  void moved(long run, String to);

  /**
   * Runs to its end what was begun, or goes on with it.
   *
   * @param name how the command line names the run
   * @param folder where the run lays its evidence down; empty: nowhere
   * @throws dev.plumbline.error.PlumblineException 75 if another process holds it, 64 if its state
   *     is final, 78 if it began at another place, 69 or 77 if the place cannot be reached or does
   *     not permit it; the run can be resumed then
   */
  TransformReport run(long run, String name, Optional<RunFolder> folder, Listener listener);

  /** Asks the run at hand to pause at its batch's end. */
  void stop();
}
