package dev.plumbline.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** The same change as a team would write it by hand: keyset batches, a transaction each. */
final class ByHand {
  private static final int BATCH = 10_000;

  /** Opens a connection of its own for each worker. */
  @FunctionalInterface
  interface Connecting {
    Connection open() throws SQLException;
  }

  private static final String UPDATE =
      """
      UPDATE enrolments e SET total_lessons = c.n FROM counts c
      WHERE c.course_id = e.course_id AND e.id > ? AND e.id <= ?
        AND e.total_lessons IS DISTINCT FROM c.n""";

  private static final String SAVE_AND_UPDATE =
      """
      WITH batch AS (
        SELECT e.id, e.total_lessons AS old, c.n FROM enrolments e JOIN counts c USING (course_id)
        WHERE e.id > ? AND e.id <= ? AND e.total_lessons IS DISTINCT FROM c.n),
      kept AS (INSERT INTO saved SELECT id, old FROM batch)
      UPDATE enrolments e SET total_lessons = b.n FROM batch b
      WHERE b.id = e.id AND e.id > ? AND e.id <= ?""";

  private ByHand() {}

  /** Batches without a way back. */
  static void update(Connecting connecting, long rows, int workers) throws Exception {
    batches(connecting, rows, workers, UPDATE);
  }

  /** Batches that also save the old values, in a typed table without an index. */
  static void saveAndUpdate(Connecting connecting, long rows, int workers) throws Exception {
    batches(connecting, rows, workers, SAVE_AND_UPDATE);
  }

  private static void batches(Connecting connecting, long rows, int workers, String sql)
      throws Exception {
    AtomicLong next = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        running.add(
            threads.submit(
                () -> {
                  try (Connection connection = connecting.open();
                      PreparedStatement statement = connection.prepareStatement(sql)) {
                    for (long from = next.getAndAdd(BATCH);
                        from < rows;
                        from = next.getAndAdd(BATCH)) {
                      for (int i = 1;
                          i < statement.getParameterMetaData().getParameterCount();
                          i += 2) {
                        statement.setLong(i, from);
                        statement.setLong(i + 1, from + BATCH);
                      }
                      statement.executeUpdate();
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }
}
