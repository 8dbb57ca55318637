package dev.plumbline.cli.demo;

import dev.plumbline.error.ExitCode;

/** Case 5: indexes that were never made, and totals that their ledger does not explain; SQLite. */
record PointsLedger(Example example) implements Scene {
  private static final String INDEXES = "performance-indexes";
  private static final String LEDGER = "points-agree";

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
    compareRecord(stage);
    makeIndexes(stage);
    recoverEntries(stage);
    takeBack(stage);
  }

  private void compareRecord(Stage stage) {
    stage.say(
        """
        The migrations are Alembic's, whose table says that all three of them are applied. What they
        claim is held against what is there, whichever tool ran them:""");
    stage.run(example, ExitCode.FAILED, "verify");
  }

  private void makeIndexes(Stage stage) {
    stage.say(
        """
        First the indexes. The invariant's file holds the statements that the migration should have
        run. Each is carried out on its own: one that fails keeps no other from being made, and
        an index of that name on other columns is a finding, not a success.""");
    stage.run(example, ExitCode.OK, "repair", INDEXES, "--commit");
    stage.say("The proof is the same look as before, not the word of a list of migrations:");
    stage.run(example, ExitCode.OK, "audit", INDEXES);
  }

  private void recoverEntries(Stage stage) {
    stage.say(
        """
        Now the ledger. What is missing can be told from the diary, the goals and the remainder, by rules that stand
        in the invariant's file. Where the ledger holds more than the total, there is no rule.""");
    stage.run(example, ExitCode.OK, "repair", LEDGER);
    stage.run(example, ExitCode.FAILED, "repair", LEDGER, "--commit");
    stage.say(
        """
        19 of 20 days agree. The last one is named as unrepairable and kept as it is, and the run
        says failed: done means verified. Somebody settles that one by hand:""");
    stage.change(
        example,
        """
        DELETE FROM points_log WHERE source_type = 'diary_entry'
        AND source_id NOT IN (SELECT id FROM diary_entry);""");
    stage.run(example, ExitCode.OK, "audit", LEDGER);
  }

  private void takeBack(Stage stage) {
    stage.say("And back again: the rollback takes out exactly the entries that the run made.");
    stage.run(example, ExitCode.OK, "rollback", "2", "--commit");
    stage.run(example, ExitCode.FAILED, "audit", LEDGER, "--samples", "2");
  }
}
