package dev.plumbline.repair;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.execution.Settings;
import dev.plumbline.run.Listener;

/** The repair of an {@code exist} in a process of its own, to be killed. */
final class ExistProcess {
  private ExistProcess() {}

  /** Arguments: the database's URL, the invariant's text. */
  public static void main(String[] arguments) {
    Repair repair = new Repair(Database.of(JdbcUrl.parse(arguments[0])), Settings.standard());
    repair.run(
        repair.plan(Cases.invariant(arguments[1]), RepairOptions.standard()), new Listener() {});
  }
}
