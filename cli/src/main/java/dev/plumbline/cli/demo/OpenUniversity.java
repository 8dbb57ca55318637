package dev.plumbline.cli.demo;

import dev.plumbline.error.ExitCode;

/** Case 0: real data with faults of its own. */
record OpenUniversity(Example example) implements Scene {

  @Override
  public void play(Stage stage) {
    stage.title("open-university: real data");
    stage.say(
        """
        32,593 real registrations of an online university, published in 2017. Nobody planted a
        fault. Nine files state what must be true of such data; an audit counts where it is not. It
        only reads, in a transaction in which the server itself refuses to write.""");
    stage.load(example);
    stage.run(example, ExitCode.FAILED, "audit", "--samples", "2");
    stage.say(
        """
        Three of the nine hold. What the others found is real: students who withdrew on no known day, students
        who left and yet failed, exams whose weights add up to 200. The exit code says so to a CI
        job.""");
  }
}
