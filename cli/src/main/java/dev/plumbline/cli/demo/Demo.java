package dev.plumbline.cli.demo;

import java.util.List;

/** The scenes of the demo, in order. */
public enum Demo {
  OPEN_UNIVERSITY("open-university", "repair date-means-withdrawn"),
  TOTAL_LESSONS("total-lessons", "repair enrollment-total-lessons --limit 100 --commit"),
  DUAL_ENROLLMENT("dual-enrollment", "rollback 4"),
  COURSE_COVERAGE("course-coverage", "show 1"),
  /** Behind an API; played only when it is asked for. */
  HIERARCHICAL_PROGRESS("hierarchical-progress", "show d1"),
  /** On SQLite; played only when it is asked for. */
  POINTS_LEDGER("points-ledger", "repair points-agree");

  private final String example;
  private final String next;

  /**
   * @param next a command to try when it has been played
   */
  Demo(String example, String next) {
    this.example = example;
    this.next = next;
  }

  /** The case's name. */
  public String example() {
    return example;
  }

  /** Whether it needs no server. */
  public boolean needsNoServer() {
    return this == POINTS_LEDGER || this == HIERARCHICAL_PROGRESS;
  }

  /** What is played of it. */
  public Scene scene() {
    Example files = Example.named(example);
    return switch (this) {
      case OPEN_UNIVERSITY -> new OpenUniversity(files);
      case TOTAL_LESSONS -> new TotalLessons(files);
      case DUAL_ENROLLMENT -> new DualEnrollment(files);
      case COURSE_COVERAGE -> new CourseCoverage(files);
      case HIERARCHICAL_PROGRESS -> new HierarchicalProgress(files);
      case POINTS_LEDGER -> new PointsLedger(files);
    };
  }

  /** What is said before the first scene. */
  public static void open(Stage stage) {
    stage.say(
        """
        Plumbline makes changes to live data prove themselves. A team states once what must be true
        of its data: an invariant. This shows it on real databases, which stay when it ends.""");
  }

  /**
   * What is said after the last one.
   *
   * @param misled whether the user's environment leads the commands to another database
   */
  public static void close(Stage stage, List<Demo> played, boolean misled) {
    stage.title("Now you");
    stage.say(
        """
        The projects and databases stay as they are now; a PostgreSQL starts by itself when a command
        needs it. Try (plumb is the script that you have just started):""");
    for (Demo demo : played) {
      stage.suggest(Example.named(demo.example), demo.next);
    }
    played.stream()
        .filter(demo -> !demo.needsNoServer())
        .reduce((one, next) -> next)
        .ifPresent(last -> stage.suggest(Example.named(last.example), "postgres   # up for psql"));
    stage.say("");
    if (misled) {
      stage.say(
          "Unset PLUMB_DATABASE_URL for these: it is set, and would lead them to that database.");
    }
    stage.say(
        "What was declared is in "
            + stage.project(Example.named(played.getLast().example)).resolve(declared(played))
            + " and beside it. Playing the demo again makes everything anew.");
  }

  /** The folder with what the last of the examples declares. */
  private static String declared(List<Demo> played) {
    return played.getLast() == HIERARCHICAL_PROGRESS ? "transforms" : "invariants";
  }
}
