package dev.plumbline.rollback;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.journal.Run;
import dev.plumbline.rollback.Restore.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The run that is taken back, and how.
 *
 * @param restores in the order of the run's steps; none for a step that changed nothing
 * @param objects the schema objects that the run made or dropped; such a run changes no rows
 * @param steps how many steps the run had
 */
record Target(Run run, int steps, List<Restore> restores, List<ObjectRestore> objects) {
  Target {
    restores = List.copyOf(restores);
    objects = List.copyOf(objects);
  }

  /** In the order in which they are carried out. */
  List<Restore> backwards() {
    return restores.reversed();
  }

  /** The number of a restore among the rollback's own steps. */
  int ownStep(Restore restore) {
    return ownStep(restore.rows().images().step());
  }

  int ownStep(int step) {
    return steps + 1 - step;
  }

  /** One for each table. */
  List<Judgement> judgements(Dialect dialect, View view) {
    Map<List<String>, List<Restore>> byTable = new LinkedHashMap<>();
    for (Restore restore : restores) {
      List<String> table = new ArrayList<>(restore.rows().images().table().key());
      table.addFirst(restore.rows().table().sql());
      byTable.computeIfAbsent(table, t -> new ArrayList<>()).add(restore);
    }
    return byTable.values().stream().map(r -> new Judgement(dialect, r, view)).toList();
  }

  /**
   * The numbers of the batches that changed something, the last first. One worker commits in the
   * order of the numbers; of several, the one that waited for a row committed after the other.
   */
  Sql batches(Dialect dialect) {
    Sql changed =
        Sql.join(
            " UNION ",
            restores.stream()
                .map(
                    r ->
                        Sql.of(
                            "SELECT plumb_i.batch FROM {} WHERE {}",
                            r.rows().from(),
                            r.rows().inScope()))
                .toList());
    return Sql.of(
        "SELECT no FROM {} WHERE run = {} AND no IN ({}) ORDER BY {}",
        dialect.journalTable("batches"),
        run.id(),
        changed,
        run.plan().workers() > 1 ? "committed_at DESC, no DESC" : "no DESC");
  }
}
