package dev.plumbline.execution;

import dev.plumbline.run.Throttle;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds a run while its server is in trouble: replicas that fall behind, connections that run out.
 * The server is asked once a second at most. Safe for several threads.
 */
final class ServerThrottle implements Throttle {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Sessions sessions;
  private Optional<String> answer = Optional.empty(); // guarded by this
  private long asked = System.nanoTime() - PERIOD.toNanos(); // guarded by this

  ServerThrottle(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public synchronized Optional<String> hold() {
    long now = System.nanoTime();
    if (now - asked >= PERIOD.toNanos()) {
      asked = now;
      answer =
          sessions.use(
              session ->
                  session
                      .dialect()
                      .trouble()
                      .flatMap(query -> session.first(query, row -> row.required(1))));
    }
    return answer;
  }
}
