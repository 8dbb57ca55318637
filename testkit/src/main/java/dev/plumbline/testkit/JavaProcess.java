package dev.plumbline.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A running process of a test. Any thread may use it; closing it kills it if it still runs. */
public final class JavaProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final String description;
  private final CapturedOutput stdout;
  private final CapturedOutput stderr;

  JavaProcess(Process process, String description) {
    this.process = process;
    this.description = description;
    this.stdout = CapturedOutput.of(process.getInputStream());
    this.stderr = CapturedOutput.of(process.getErrorStream());
  }

  /**
   * How a process ended.
   *
   * @param exitCode 128 plus the signal if one killed it: 137 after {@code kill -9}
   */
  public record Result(int exitCode, String stdout, String stderr) {}

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has written to standard output by now. */
  public String stdout() {
    return stdout.text();
  }

  /** What it has written to standard error by now. */
  public String stderr() {
    return stderr.text();
  }

  /**
   * Returns as soon as standard output or standard error, as a whole, meets a condition.
   *
   * @throws AssertionError if the process ends before, or 30 s pass
   */
  public void waitForOutput(Predicate<String> condition) {
    Until.holds(
        description + " writes what is waited for",
        () -> {
          boolean ended = !process.isAlive();
          if (ended) {
            stdout.awaitEnd();
            stderr.awaitEnd();
          }
          if (condition.test(stdout()) || condition.test(stderr())) {
            return true;
          }
          if (ended) {
            throw new AssertionError("it ended without writing what is waited for\n" + state());
          }
          return false;
        });
  }

  /** {@code kill -9}; returns when it is dead. */
  public Result kill9() {
    process.destroyForcibly();
    return await();
  }

  /** SIGTERM; it may take its time, see {@link #await()}. */
  public void terminate() {
    process.toHandle().destroy(); // Process.destroy() would close the streams, and lose the end
  }

  /** Waits for its end, at most two minutes. */
  public Result await() {
    return await(LIMIT);
  }

  /**
   * Waits for its end.
   *
   * @throws AssertionError if it takes longer than the limit; it is killed then
   */
  public Result await(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it did not end within " + limit + "\n" + state());
      }
      stdout.awaitEnd();
      stderr.awaitEnd();
      return new Result(process.exitValue(), stdout(), stderr());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting\n" + state(), e);
    }
  }

  private String state() {
    return description + "\nstdout:\n" + stdout() + "\nstderr:\n" + stderr();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill9();
    }
  }
}
