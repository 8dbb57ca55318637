package dev.plumbline.cli.demo;

import dev.plumbline.error.ExitCode;

/** Case 3: a new table becomes the source of truth and lacks rows. */
record CourseCoverage(Example example) implements Scene {

  @Override
  public void play(Stage stage) {
    stage.title("course-coverage: is the new table complete?");
    stage.say(
        """
        Who is in a course used to follow from groups; a new table is to say it from now on. Before
        any query is switched, each of the 4,200 pairs of student and course must be there and
        active: who is not would lose the course on that day.""");
    stage.load(example);
    stage.run(example, ExitCode.FAILED, "audit", "--samples", "3");
    stage.say("310 are missing and 45 inactive: 310 rows to insert, 45 to update.");
    stage.run(example, ExitCode.OK, "repair", "group-members-enrolled", "--commit");
    stage.run(example, ExitCode.OK, "audit");
    stage.say(
        "Coverage is 100 %: a CI job that waits for exit code 0 may now let the switch pass.");
  }
}
