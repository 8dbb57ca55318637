package dev.plumbline.source;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The same for each of some things, side by side: how many at once is the client's affair. */
final class SideBySide {
  private SideBySide() {}

  /** The results in the order of the things; the first error, once all are through. */
  static <T, R> List<R> map(List<T> things, Function<T, R> each) {
    if (things.size() < 2) {
      return things.stream().map(each).toList();
    }
    List<Callable<R>> tasks = new ArrayList<>();
    things.forEach(thing -> tasks.add(() -> each.apply(thing)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<R> results = new ArrayList<>();
      for (Future<R> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException error -> throw error;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failed);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new PlumblineException(
          ErrorCode.BUSY,
          "Stopped while requests were under way.",
          "What was answered until now counts; the others are read back when the run goes on.",
          "Go on with plumb resume, or the same command again.",
          stopped);
    }
  }
}
