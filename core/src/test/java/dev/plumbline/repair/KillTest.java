package dev.plumbline.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.TestDatabase;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code kill -9} at random moments of a repair of 200,000 rows, and of its rollback, resumed each
 * time.
 */
class KillTest {
  private static final Map<Killing, String> UNDISTURBED = new EnumMap<>(Killing.class);

  @AutoClose private final TestDatabase database = TestDatabase.postgres();

  @ParameterizedTest
  @CsvSource({"SCAN, 2, 2, 1, true, 1", "WORKLIST, 1, 1, 2, false, 0"})
  void a_killed_repair_resumes_as_if_nothing_had_happened(
      Killing repair, int kills, int workers, long seed, boolean logged, int killsBack) {
    killAndCheck(repair, kills, workers, seed, logged, killsBack);
  }

  @Tag("torture")
  @ParameterizedTest
  @CsvSource({
    "SCAN, 8, 1, 11, false, 2",
    "SCAN, 8, 2, 12, true, 3",
    "WORKLIST, 7, 1, 13, true, 3",
    "WORKLIST, 7, 2, 14, false, 2"
  })
  void thirty_kills(
      Killing repair, int kills, int workers, long seed, boolean logged, int killsBack) {
    killAndCheck(repair, kills, workers, seed, logged, killsBack);
  }

  private void killAndCheck(
      Killing repair, int kills, int workers, long seed, boolean logged, int killsBack) {
    String undisturbed = UNDISTURBED.computeIfAbsent(repair, Killing::undisturbed);
    repair.load(database);
    if (logged) {
      repair.logChanges(database);
    }
    Random random = new Random(seed);
    int struck = repair.killed(database, kills, workers, random);
    repair.checkEnd(database, undisturbed, logged);
    assertThat(struck).as("kills that met a living process").isEqualTo(kills);
    struck = repair.rolledBack(database, killsBack, random);
    repair.checkOriginal(database);
    assertThat(struck).as("kills that met a living rollback").isEqualTo(killsBack);
  }
}
