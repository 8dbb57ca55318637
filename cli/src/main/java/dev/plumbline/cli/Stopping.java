package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What becomes of SIGTERM and Ctrl-C: a run pauses at its batch's end, and the process exits with
 * the command's own code. Without a run at hand the process ends at once. Any thread may use it.
 */
final class Stopping {
  private final AtomicReference<Optional<Runnable>> atHand =
      new AtomicReference<>(Optional.empty());
  private final CompletableFuture<ExitCode> end = new CompletableFuture<>();

  /** From now on signals are heard; once per process. */
  void listen() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "stopping"));
  }

  /** While the scope is open, a signal asks for this instead of ending the process. */
  Scope calling(Runnable stop) {
    atHand.set(Optional.of(stop));
    return () -> atHand.set(Optional.empty());
  }

  /** Ends what {@link #calling} began. */
  @FunctionalInterface
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** The command has ended, and all that it printed is written. */
  void ended(ExitCode code) {
    end.complete(code);
  }

  /** Runs when the process is to end, by itself or by a signal. */
  private void shutDown() {
    if (end.isDone()) {
      return;
    }
    Optional<Runnable> stop = atHand.get();
    if (stop.isPresent()) {
      stop.get().run();
      // The JVM would exit with the signal's status; the run was paused in good order.
      Runtime.getRuntime().halt(end.join().status());
    }
  }
}
