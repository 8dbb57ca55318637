package dev.plumbline.cli.demo;

import dev.plumbline.error.ExitCode;

/** Case 2: two tables that must agree and do not. */
record DualEnrollment(Example example) implements Scene {

  @Override
  public void play(Stage stage) {
    stage.title("dual-enrollment: two tables that must agree");
    stage.say(
        """
        A student takes a course when there is a row in student_progress and one in enrollments.
        Some code wrote the one, some the other, and approving a request deleted it even when the
        enrollment was not there. Four invariants look from both sides.""");
    stage.load(example);
    stage.run(example, ExitCode.FAILED, "audit", "--samples", "2");
    stage.say(
        """
        Each invariant says how it is repaired: rows that are missing are inserted with what the
        other table knows, stale requests are deleted. Four runs, one after the other, and one
        audit of all four in the end. What one repair has mended, the next one leaves alone.""");
    stage.run(
        example,
        ExitCode.OK,
        "repair",
        "progress-has-enrollment",
        "enrollment-has-progress",
        "approved-request-has-both",
        "no-stale-pending-request",
        "--commit");
  }
}
