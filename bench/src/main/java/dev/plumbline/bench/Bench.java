package dev.plumbline.bench;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.Auditor;
import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Timeouts;
import dev.plumbline.embedded.EmbeddedServer;
import dev.plumbline.execution.Settings;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.NewRun.Scope;
import dev.plumbline.project.InvariantReader;
import dev.plumbline.repair.Repair;
import dev.plumbline.repair.RepairOptions;
import dev.plumbline.rollback.Rollback;
import dev.plumbline.rollback.RollbackOptions;
import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * Times Plumbline against the bare SQL that does the same, in one run on one database, and prints a
 * Markdown table. Arguments: the directory for the server, the number of rows, optionally words of
 * the measurements to make.
 */
public final class Bench {
  private static final String INVARIANT =
      """
      says: Every enrolment carries the number of lessons in its course.
      table: enrolments
      derive: {total_lessons: count(*)}
      from: lessons
      by: course_id
      """;

  private static final String ONE_UPDATE =
      """
      UPDATE enrolments e SET total_lessons = c.n
      FROM (SELECT course_id, count(*) AS n FROM lessons GROUP BY course_id) c
      WHERE c.course_id = e.course_id AND e.total_lessons IS DISTINCT FROM c.n""";

  private static final String ONE_QUERY =
      """
      SELECT count(*) FROM enrolments e
      LEFT JOIN (SELECT course_id, count(*) AS n FROM lessons GROUP BY course_id) c USING (course_id)
      WHERE e.total_lessons IS DISTINCT FROM coalesce(c.n, 0)""";

  private static final String ONE_QUERY_WITH_POPULATION =
      """
      SELECT count(*) FILTER (WHERE e.total_lessons IS DISTINCT FROM coalesce(c.n, 0)), count(*)
      FROM enrolments e
      LEFT JOIN (SELECT course_id, count(*) AS n FROM lessons GROUP BY course_id) c USING (course_id)""";

  private static final String ONE_UPDATE_BACK =
      "UPDATE enrolments e SET total_lessons = s.total_lessons FROM saved s WHERE s.id = e.id";

  private final EmbeddedServer server;
  private final Enrolments enrolments;
  private final List<String> only;

  private Bench(EmbeddedServer server, Enrolments enrolments, List<String> only) {
    this.server = server;
    this.enrolments = enrolments;
    this.only = only;
  }

  /** One thing to be timed. */
  private interface Work {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    long rows = Long.parseLong(arguments[1]);
    List<String> only = Arrays.asList(arguments).subList(2, arguments.length);
    if (only.equals(List.of("transform"))) {
      TransformRate.run(rows);
      return;
    }
    try (EmbeddedServer server = EmbeddedServer.open(directory)) {
      server.dropDatabase("bench");
      server.createDatabase("bench");
      try (Connection connection = connect(server)) {
        if (only.equals(List.of("guard"))) {
          GuardCost.run(database(server), connection);
          return;
        }
        if (only.contains("documents")) {
          DocumentsCost.run(database(server), connection, rows, only.contains("java"));
          return;
        }
        if (only.equals(List.of("verify"))) {
          VerifyCost.run(
              database(server),
              server.jdbcUrl("bench")
                  + "?user="
                  + server.user()
                  + "&password="
                  + server.password());
          return;
        }
        Enrolments enrolments = new Enrolments(connection, rows);
        enrolments.generate();
        new Bench(server, enrolments, only).run();
      }
      server.dropDatabase("bench");
    }
  }

  private static Connection connect(EmbeddedServer server) throws Exception {
    Properties login = new Properties();
    login.setProperty("user", server.user());
    login.setProperty("password", server.password());
    return DriverManager.getConnection(server.jdbcUrl("bench"), login);
  }

  private void run() throws Exception {
    System.out.printf(
        "%s, PostgreSQL %s, %,d rows, %d cores, heap limit %d MB%n%n",
        LocalDate.now(ZoneOffset.UTC),
        version(),
        enrolments.rows(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20);
    for (int everyNth : new int[] {1, 100}) {
      System.out.printf(
          "%n| %s violating | s | ratio | WAL MB |%n| --- | --- | --- | --- |%n",
          everyNth == 1 ? "all rows" : "1 % of rows");
      audits(everyNth);
      repairs(everyNth);
    }
    System.out.printf("%nPeak heap %d MB%n", peakHeap() >> 20);
  }

  private String version() throws Exception {
    return String.valueOf(enrolments.number("SELECT current_setting('server_version_num')::int"));
  }

  private void audits(int everyNth) throws Exception {
    if (!wanted("audit")) {
      return;
    }
    enrolments.fresh(everyNth);
    Auditor auditor = new Auditor(database(), Timeouts.READING);
    Invariant invariant = invariant();
    List<Double> bare = new ArrayList<>();
    List<Double> withPopulation = new ArrayList<>();
    List<Double> plumb = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      bare.add(seconds(() -> check(enrolments.number(ONE_QUERY), everyNth)));
      withPopulation.add(
          seconds(() -> check(enrolments.number(ONE_QUERY_WITH_POPULATION), everyNth)));
      plumb.add(
          seconds(
              () -> {
                AuditReport report =
                    auditor.audit("bench", List.of(invariant), AuditOptions.standard());
                check(report.results().getFirst().counts().orElseThrow().violations(), everyNth);
              }));
    }
    double one = median(bare);
    row("audit: bare query, violations alone (median of 5)", one, one, 0);
    row(
        "audit: bare query, violations and population (median of 5)",
        median(withPopulation),
        one,
        0);
    row("audit: Plumbline (median of 5)", median(plumb), one, 0);
  }

  private void check(long violations, int everyNth) {
    if (violations != enrolments.rows() / everyNth) {
      throw new IllegalStateException("counted " + violations);
    }
  }

  private void repairs(int everyNth) throws Exception {
    double one = timed("one UPDATE", everyNth, Double.NaN, () -> enrolments.execute(ONE_UPDATE));
    for (int workers : new int[] {1, 2}) {
      timed(
          "batches by hand, workers: " + workers,
          everyNth,
          one,
          () -> ByHand.update(() -> open(), enrolments.rows(), workers));
      timed(
          "batches by hand that save old values, workers: " + workers,
          everyNth,
          one,
          () -> ByHand.saveAndUpdate(() -> open(), enrolments.rows(), workers));
      timed(
          "batches by hand that save old values under a key, workers: " + workers,
          everyNth,
          one,
          () -> {
            enrolments.execute("ALTER TABLE saved ADD PRIMARY KEY (id)");
            ByHand.saveAndUpdate(() -> open(), enrolments.rows(), workers);
          });
      timed("Plumbline, workers: " + workers, everyNth, one, () -> plumbline(workers));
    }
    rollbacks(everyNth);
  }

  /** Measured from where the repairs end; the table must be as it was before them. */
  private void rollbacks(int everyNth) throws Exception {
    if (!wanted("rollback")) {
      return;
    }
    fresh(everyNth);
    ByHand.saveAndUpdate(() -> open(), enrolments.rows(), 2);
    double one =
        measured("rollback: one UPDATE", Double.NaN, () -> enrolments.execute(ONE_UPDATE_BACK));
    check(enrolments.wrong(), everyNth);
    fresh(everyNth);
    long run = plumbline(2);
    measured("rollback: Plumbline", one, () -> rollBack(run));
    check(enrolments.wrong(), everyNth);
  }

  private void rollBack(long run) {
    Rollback rollback = new Rollback(database(), Settings.standard());
    var report = rollback.run(rollback.plan(run, RollbackOptions.whole()), new Listener() {});
    if (report.run().state() != RunState.SUCCEEDED) {
      throw new IllegalStateException(report.run().toString());
    }
  }

  private Connection open() {
    try {
      return connect(server);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private long plumbline(int workers) {
    Repair repair = new Repair(database(), Settings.standard());
    var plan =
        repair.plan(invariant(), new RepairOptions(Scope.whole(), OptionalInt.empty(), workers));
    var report = repair.run(plan, new Listener() {});
    if (report.run().state() != RunState.SUCCEEDED) {
      throw new IllegalStateException(report.run().toString());
    }
    return report.run().id();
  }

  private double timed(String name, int everyNth, double one, Work work) throws Exception {
    if (!wanted(name)) {
      return one;
    }
    fresh(everyNth);
    double first = measured(name, one, work);
    if (enrolments.wrong() != 0) {
      throw new IllegalStateException(name + " left rows wrong");
    }
    return first;
  }

  private void fresh(int everyNth) throws Exception {
    enrolments.fresh(everyNth);
    enrolments.execute(
        "DROP TABLE IF EXISTS saved", "CREATE TABLE saved (id bigint, total_lessons int)");
    enrolments.execute("DROP SCHEMA IF EXISTS plumb CASCADE", "CHECKPOINT");
  }

  /**
   * @param one what the ratio is taken of; not a number: of this measurement itself
   * @return what it is taken of
   */
  private double measured(String name, double one, Work work) throws Exception {
    long wal = wal();
    double seconds = seconds(work);
    long written = (wal() - wal) >> 20;
    row(name, seconds, Double.isNaN(one) ? seconds : one, written);
    return Double.isNaN(one) ? seconds : one;
  }

  private boolean wanted(String name) {
    return only.isEmpty() || only.stream().anyMatch(name::contains);
  }

  private long wal() throws Exception {
    return enrolments.number("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
  }

  private static void row(String name, double seconds, double one, long wal) {
    System.out.printf(
        Locale.ROOT, "| %s | %.2f | %.2f | %d |%n", name, seconds, seconds / one, wal);
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private Database database() {
    return database(server);
  }

  private static Database database(EmbeddedServer server) {
    String url =
        server.jdbcUrl("bench").replace("//", "//" + server.user() + ":" + server.password() + "@");
    return Database.of(JdbcUrl.parse(url));
  }

  private static Invariant invariant() {
    return InvariantReader.read(Path.of("enrolment-total-lessons.yaml"), INVARIANT);
  }

  static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
