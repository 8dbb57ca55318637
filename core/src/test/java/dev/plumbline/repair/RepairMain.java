package dev.plumbline.repair;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.run.Listener;
import java.util.OptionalInt;

/**
 * A process that repairs, to be killed. It reads the invariant from standard input.
 *
 * <p>Arguments: the database's URL; {@code new} or the run to resume; rows of a batch; workers.
 */
final class RepairMain {
  private RepairMain() {}

  public static void main(String[] arguments) throws Exception {
    Invariant invariant = Cases.invariant(new String(System.in.readAllBytes()));
    Repair repair = new Repair(Database.of(JdbcUrl.parse(arguments[0])), Settings.standard());
    RepairOptions options =
        new RepairOptions(
            Scope.whole(),
            OptionalInt.of(Integer.parseInt(arguments[2])),
            Integer.parseInt(arguments[3]));
    try {
      RunReport report =
          arguments[1].equals("new")
              ? repair.run(repair.plan(invariant, options), new Listener() {})
              : repair.resume(Long.parseLong(arguments[1]), invariant, new Listener() {});
      System.out.println(report.run().state().word());
      System.exit(report.exitCode().status());
    } catch (PlumblineException e) {
      System.err.println(e.what() + "\n" + e.safe() + "\n" + e.next());
      System.exit(dev.plumbline.error.ExitCode.of(e.code()).status());
    }
  }
}
