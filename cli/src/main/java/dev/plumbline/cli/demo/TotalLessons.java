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
        618 rows hold NULL or 0 where a number belongs. Courses without lessons hold 0 as well, and
        rightly so: they are not among the 618.""");
  }
}
