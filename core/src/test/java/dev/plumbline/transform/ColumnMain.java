package dev.plumbline.transform;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.execution.RunReport;
import dev.plumbline.execution.Settings;
import dev.plumbline.source.SourceSetting;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A process that transforms the documents of a column, or takes that back, to be killed.
 *
 * <p>Arguments: the database's URL; {@code transform} or {@code rollback}; {@code new} or the run
 * to resume; documents of a batch; workers.
 */
final class ColumnMain {
  private ColumnMain() {}

  public static void main(String[] arguments) {
    Database database = Database.of(JdbcUrl.parse(arguments[0]));
    boolean fresh = arguments[2].equals("new");
    try {
      RunReport report =
          arguments[1].equals("transform")
              ? transform(database, fresh ? 0 : Long.parseLong(arguments[2]), arguments)
              : rollback(database, fresh ? 0 : Long.parseLong(arguments[2]));
      System.out.println(report.run().state().word());
      System.exit(report.exitCode().status());
    } catch (PlumblineException e) {
      System.err.println(e.what() + "\n" + e.safe() + "\n" + e.next());
      System.exit(ExitCode.of(e.code()).status());
    }
  }

  private static SourceSetting.Column column() {
    return new SourceSetting.Column("docs", Optional.empty(), Optional.empty());
  }

  private static RunReport transform(Database database, long run, String[] arguments) {
    ColumnTransform transform =
        new ColumnTransform(
            ColumnRuns.transform("doc", ColumnRuns.WRAP),
            column(),
            database,
            Settings.standard(),
            Clock.systemUTC());
    TransformOptions options =
        new TransformOptions(
            List.of(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.of(Integer.parseInt(arguments[3])),
            Integer.parseInt(arguments[4]));
    long id = run == 0 ? transform.begin(options) : run;
    return transform.run(id, String.valueOf(id), Optional.empty(), ColumnRuns.SILENT).run();
  }

  private static RunReport rollback(Database database, long run) {
    DocumentRollback rollback =
        DocumentRollback.inColumn(
            ColumnRuns.transform("doc", ColumnRuns.WRAP),
            column(),
            database,
            Settings.standard(),
            Clock.systemUTC());
    return (run == 0
            ? rollback.run(
                rollback.plan(1, DocumentRollbackOptions.whole(), looked -> {}),
                Optional.empty(),
                ColumnRuns.SILENT)
            : rollback.resume(run, Optional.empty(), ColumnRuns.SILENT))
        .run();
  }
}
