package dev.plumbline.repair;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.execution.HeldRun;
import dev.plumbline.execution.HeldRun.OpenBatch;
import dev.plumbline.execution.ObjectSlices;
import dev.plumbline.journal.SetAside;
import dev.plumbline.object.ObjectState;
import dev.plumbline.object.ObjectState.ClaimState;
import dev.plumbline.object.ObjectState.IndexState;
import dev.plumbline.object.State;
import dev.plumbline.object.Wanted;
import dev.plumbline.run.Work.Applied;
import java.util.List;
import java.util.Optional;

/** What the makers of objects share: how the slice of an object ends. */
record ExistSlices(HeldRun held, ObjectSlices<Integer> slices) {

  /** There is nothing to make: it is there, or something else is. */
  Applied settled(Session session, int step, ObjectState object, OpenBatch batch) {
    if (object.state() != State.PRESENT) {
      held.progress(session)
          .setAside(
              new SetAside(
                  step,
                  key(object.wanted()),
                  SetAside.Reason.UNREPAIRABLE,
                  Optional.empty(),
                  why(object)));
    }
    return new Applied(0, slices.checkpoint(session, batch, step, 0));
  }

  private static String why(ObjectState object) {
    String found = object.found().orElse("");
    return switch (object) {
      case IndexState index -> "another object has this name: " + found;
      case ClaimState claims -> "it is there, but not as it is written: " + found;
    };
  }

  Applied made(Session session, int step, OpenBatch batch) {
    return new Applied(1, slices.checkpoint(session, batch, step, 1));
  }

  /** A statement that succeeded is not one that had its effect. */
  static void requireMade(ObjectState object) {
    if (object.state() != State.PRESENT) {
      String name = object.wanted().name();
      throw new DatabaseException(
          FailureKind.DATA,
          "",
          "the statement did not make " + name + " as it is written",
          Optional.empty(),
          "The statement did not make " + name + " as it is written.",
          "Nothing was changed by this statement.",
          "Look at what is there under that name.",
          null);
    }
  }

  static Key key(Wanted wanted) {
    return new Key(List.of(wanted.name()));
  }
}
