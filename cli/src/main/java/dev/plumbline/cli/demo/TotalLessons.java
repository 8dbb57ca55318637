package dev.plumbline.cli.demo;

import dev.plumbline.error.ExitCode;

/** Case 1: a trigger was fixed, and the rows that were already there were forgotten. */
record TotalLessons(Example example) implements Scene {
  private static final String INVARIANT = "enrollment-total-lessons";

  @Override
  public void play(Stage stage) {
    stage.title("total-lessons: the rows that a fixed trigger left behind");
    stage.say(
        """
        Each enrollment stores how many lessons its course has. The trigger that filled the column
        was broken; a migration replaced it, but a trigger acts on new writes only. What must be true
        takes one short file: derive total_lessons as count(*) from lessons by course_id.""");
    stage.load(example);
    stage.run(example, ExitCode.FAILED, "audit", INVARIANT, "--samples", "4");
    stage.say(
        """
        618 rows hold NULL or 0 where a number belongs. (Courses without lessons hold 0 as well, and
        rightly so: they are not among the 618.) What would a repair do? Without --commit it only
        says so:""");
    stage.run(example, ExitCode.OK, "repair", INVARIANT);
    repair(stage);
    takeBack(stage);
  }

  private void repair(Stage stage) {
    stage.say(
        """
        Now for real. The rows are changed in batches; each batch keeps the old values in the same
        transaction, so that all of it can be taken back. A run succeeds only after a fresh audit
        has found nothing.""");
    stage.run(example, ExitCode.OK, "repair", INVARIANT, "--commit");
    stage.run(example, ExitCode.OK, "audit", INVARIANT);
  }

  private void takeBack(Stage stage) {
    stage.say("Meanwhile life goes on: one of the repaired rows gets another value.");
    stage.change(
        example,
        """
        UPDATE course_enrollments SET total_lessons = 99
        WHERE id = '0039abba-633c-dd1f-d742-6d347ab985b6';""");
    stage.say(
        """
        Then somebody wants the old values back. A rollback restores a row only where it still holds
        what the run wrote. The other one is a conflict: it is shown and kept, for nobody else's
        write may be lost. Exit code 1 says that something was kept.""");
    stage.run(example, ExitCode.WARNING, "rollback", "1");
    stage.run(example, ExitCode.WARNING, "rollback", "1", "--commit");
    stage.run(example, ExitCode.FAILED, "audit", INVARIANT, "--samples", "2");
    stage.say(
        """
        All is as it was, but for the one row that somebody else has written. Every run is in the
        journal, in the database itself:""");
    stage.run(example, ExitCode.OK, "runs");
    migrate(stage);
  }

  private void migrate(Stage stage) {
    stage.say(
        """
        How could it come to this? The migration of that day only replaced the trigger. The lint
        reads it, runs nothing, and says what it forgets:""");
    stage.run(
        example,
        ExitCode.FAILED,
        "lint",
        stage.project(example).resolve("original/018_fix_progress_trigger.sql").toString());
    stage.say(
        """
        The same change in six steps. It counts before it commits anything, fills the rows that are
        there, and makes its constraints only when a fresh audit has found nothing; it is recorded as
        applied when every step is proven.""");
    stage.run(example, ExitCode.OK, "migrate", "--commit");
    stage.say("And back, the rows that it has filled included:");
    stage.run(example, ExitCode.OK, "undo", "--commit");
  }
}
