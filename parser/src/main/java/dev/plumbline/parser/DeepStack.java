package dev.plumbline.parser;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs what recurses deeply; a thread's usual stack of a megabyte is little for a large statement.
 */
final class DeepStack {
  /** Memory is taken only as far as the stack grows. */
  private static final long BYTES = 256L << 20;

  private DeepStack() {}

  static <T> T call(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(null, () -> result.completeAsync(work, Runnable::run), "deep-parser", BYTES);
    thread.setDaemon(true);
    thread.start();
    return result.join();
  }
}
