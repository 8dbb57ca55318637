package dev.plumbline.notice;

import dev.plumbline.http.Call;
import dev.plumbline.http.Called;
import dev.plumbline.http.Caller;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * Takes notices to one webhook, in the background and in their order. Handing one over never waits:
 * where too many lie there already, it is dropped and counted. Safe for threads.
 */
final class Courier {
  private static final int MOST_WAITING = 64;

  private final Webhook webhook;
  private final Caller caller;
  private final Thread thread;

  // Guarded by this.
  private final Deque<String> waiting = new ArrayDeque<>();
  private boolean ending;
  private long handed;
  private long delivered;
  private String why = "the time was over";

  Courier(Webhook webhook, Caller caller) {
    this.webhook = webhook;
    this.caller = caller;
    this.thread = Thread.ofPlatform().daemon().name("notices").unstarted(this::work);
    thread.start();
  }

  Webhook webhook() {
    return webhook;
  }

  /** Hands a notice over. */
  synchronized void take(String notice) {
    handed++;
    if (waiting.size() == MOST_WAITING) {
      failed("too many waited");
    } else {
      waiting.add(notice);
      notifyAll();
    }
  }

  /** Hands over the one that matters most; the oldest that waits goes for it. */
  synchronized void takeLast(String notice) {
    if (waiting.size() == MOST_WAITING) {
      waiting.remove();
      failed("too many waited");
    }
    take(notice);
  }

  private synchronized void failed(String reason) {
    if (why.equals("the time was over")) {
      why = reason;
    }
  }

  private synchronized void delivered() {
    delivered++;
  }

  private void work() {
    try {
      for (Optional<String> next = next(); next.isPresent(); next = next()) {
        deliver(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the time is over
    }
  }

  private synchronized Optional<String> next() throws InterruptedException {
    while (waiting.isEmpty() && !ending) {
      wait();
    }
    return Optional.ofNullable(waiting.poll());
  }

  private void deliver(String notice) throws InterruptedException {
    switch (caller.call(Call.post(webhook.url(), Map.of(), notice))) {
      case Called.Silent silent -> failed(silent.what());
      case Called.Answered answer -> {
        if (answer.status() / 100 == 2) {
          delivered();
        } else {
          failed("answered " + answer.status());
        }
      }
    }
  }

  /** Waits a while for what is on its way, and gives the rest up. */
  Optional<Unsent> end(Duration patience) {
    synchronized (this) {
      ending = true;
      notifyAll();
    }
    try {
      thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    synchronized (this) {
      return delivered == handed
          ? Optional.empty()
          : Optional.of(new Unsent(webhook.host(), handed - delivered, handed, why));
    }
  }
}
