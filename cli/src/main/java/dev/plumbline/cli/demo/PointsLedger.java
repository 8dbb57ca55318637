package dev.plumbline.cli.demo;

import dev.plumbline.error.ExitCode;

/** Case 5: totals and their ledger disagree, on SQLite. */
record PointsLedger(Example example) implements Scene {
  private static final String INVARIANT = "points-agree";

  @Override
  public void play(Stage stage) {
    stage.title("points-ledger: totals that their ledger does not explain");
    stage.say(
        """
        A diary gives points. The daily totals are right; a new ledger, which is to hold each entry
        that makes them up, lacks some: the old code went on writing while it was introduced. And
        eleven indexes that a migration is recorded to have made are not there. All this in a file
        of SQLite.""");
    stage.load(example);
    stage.run(example, ExitCode.FAILED, "audit", "--samples", "4");
    stage.say(
        """
        What is missing can be told from the diary, the goals and the remainder, by rules that stand
        in the invariant's file. Where the ledger holds more than the total, there is no rule.""");
    stage.run(example, ExitCode.OK, "repair", INVARIANT);
    stage.run(example, ExitCode.FAILED, "repair", INVARIANT, "--commit");
    stage.say(
        """
        19 of 20 days agree. The last one is named as unrepairable and kept as it is, and the run
        says failed: done means verified. Somebody settles that one by hand:""");
    stage.change(
        example,
        """
        DELETE FROM points_log WHERE source_type = 'diary_entry'
        AND source_id NOT IN (SELECT id FROM diary_entry);""");
    stage.run(example, ExitCode.OK, "audit", INVARIANT);
    stage.say("And back again: the rollback takes out exactly the entries that the run made.");
    stage.run(example, ExitCode.OK, "rollback", "1", "--commit");
    stage.run(example, ExitCode.FAILED, "audit", INVARIANT, "--samples", "2");
  }
}
