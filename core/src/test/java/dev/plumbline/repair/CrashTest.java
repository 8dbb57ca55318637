package dev.plumbline.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.TestServer;
import dev.plumbline.testkit.Until;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server crashes, as if the power had failed, in the middle of a repair of 200,000 rows. */
class CrashTest {

  @Test
  void the_run_goes_on_by_itself_when_the_server_is_back() {
    crashAndCheck(Killing.SCAN, 1, 2, 21, false);
  }

  @Tag("torture")
  @ParameterizedTest
  @CsvSource({
    "SCAN, 3, 1, 31, false",
    "SCAN, 3, 2, 32, true",
    "WORKLIST, 2, 2, 33, false",
    "WORKLIST, 2, 1, 34, true"
  })
  void ten_crashes(Killing repair, int crashes, int workers, long seed, boolean killedToo) {
    crashAndCheck(repair, crashes, workers, seed, killedToo);
  }

  /**
   * @param killedToo whether the process dies with the server, so that a new one must resume
   */
  private static void crashAndCheck(
      Killing repair, int crashes, int workers, long seed, boolean killedToo) {
    String undisturbed = repair.undisturbed();
    try (TestServer server = TestServer.postgres()) {
      TestDatabase database = server.database();
      assertThat(database.queryValue("SHOW fsync")).isEqualTo("on");
      repair.load(database);
      Random random = new Random(seed);
      JavaProcess process = repair.start(database, workers);
      try {
        for (int i = 0; i < crashes; i++) {
          awaitBatches(database, process, 1 + random.nextInt(80 / crashes));
          server.crash();
          if (killedToo) {
            process.kill9();
          }
          server.start();
          process = killedToo ? repair.start(database, workers) : process;
        }
        JavaProcess.Result end = process.await();
        assertThat(end.exitCode()).as(end.stderr()).isZero();
      } finally {
        process.close();
      }
      repair.checkEnd(database, undisturbed, false);
      database.close();
    }
  }

  private static void awaitBatches(TestDatabase database, JavaProcess process, int more) {
    long goal = Killing.batches(database) + more;
    Until.holds(
        "so many batches are committed",
        () -> Killing.batches(database) >= goal || !process.isAlive());
    assertThat(process.isAlive()).as(process.stderr()).isTrue();
  }
}
