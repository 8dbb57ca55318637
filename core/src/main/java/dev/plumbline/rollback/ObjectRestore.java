package dev.plumbline.rollback;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.Position;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The way back of one step that changed the schema. */
sealed interface ObjectRestore permits IndexRestore, StatementRestore {

  static ObjectRestore of(Images images) {
    return images.ofStatement() ? new StatementRestore(images) : new IndexRestore(images);
  }

  /** What the step kept. */
  Images images();

  /**
   * How what a step changed stands.
   *
   * @param why it is kept, in words, where it is a conflict
   */
  record Judged(Outcome outcome, String why) {}

  Judged judge(Session session);

  default Outcome outcome(Session session) {
    return judge(session).outcome();
  }

  /** What the run left, as the database wrote it. */
  String left();

  /** What the object is by now, as the database writes it; empty if it is not there. */
  Optional<String> now(Session session);

  /** Keeps others from changing what the judgement looks at, until the transaction ends. */
  void lock(Session session);

  /** What takes it back, in this order. */
  List<Sql> statements();

  /**
   * What the rollback keeps of its own step.
   *
   * @param before see {@link #now}, asked before the step was taken back
   */
  Images kept(Session session, int step, Optional<String> before);

  /** What the rollback does to the object. */
  default Change change() {
    return switch (images().change()) {
      case CREATE -> Change.DROP;
      case ALTER -> Change.ALTER;
      case DROP -> Change.CREATE;
      case INSERT, UPDATE, DELETE -> throw new IllegalStateException("rows are no object");
    };
  }

  /** For people. */
  default String name() {
    return images().objectKey().toString();
  }

  /** A statement out of the journal. */
  static Sql kept(String statement) {
    return Sql.user(new Fragment(statement, new Position(Path.of("journal"), 1, 1), 1));
  }
}
