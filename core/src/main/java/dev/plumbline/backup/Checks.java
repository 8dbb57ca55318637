package dev.plumbline.backup;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares what a backup holds with what was there. */
final class Checks {
  private static final int SHOWN = 5;

  private Checks() {}

  /**
   * The same objects.
   *
   * @throws PlumblineException 2 if not
   */
  static void sameCatalogue(List<String> there, List<String> held) {
    Set<String> missing = new TreeSet<>(there);
    held.forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw wrong(
          "it lacks "
              + String.join(", ", missing.stream().limit(SHOWN).toList())
              + (missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : ""));
    }
  }

  /**
   * As many rows in each table.
   *
   * @param held by the same names; what is held besides does not matter
   * @throws PlumblineException 2 if not
   */
  static void sameCounts(Map<String, Long> there, Map<String, Long> held) {
    there.forEach(
        (table, rows) -> {
          long copied = held.getOrDefault(table, 0L);
          if (copied != rows) {
            throw wrong("of the " + rows + " rows of " + table + " it has " + copied);
          }
        });
  }

  static PlumblineException wrong(String what) {
    return new PlumblineException(
        ErrorCode.FAILED,
        "The backup is not what was there: " + what + ".",
        "Nothing was changed in the database, and the backup was deleted.",
        "Run the command again. If it stays so, make a backup by other means before the change.");
  }

  static String counted(Map<String, Long> rows) {
    long sum = rows.values().stream().mapToLong(Long::longValue).sum();
    return "%,d %s in %,d %s"
        .formatted(
            sum, sum == 1 ? "row" : "rows", rows.size(), rows.size() == 1 ? "table" : "tables");
  }
}
