package dev.plumbline.repair;

import dev.plumbline.database.Session;
import dev.plumbline.journal.BeforeImages;
import dev.plumbline.journal.Images;
import dev.plumbline.object.ObjectImage;
import java.util.List;

/**
 * The steps of a run whose objects a further step of it is about to change: an index is made on a
 * table that the run has made. What the run itself does there is no change by somebody else.
 */
record EarlierSteps(List<Images> touched) {
  EarlierSteps {
    touched = List.copyOf(touched);
  }

  /** Those that are still as the run left them, before the statement is run. */
  static EarlierSteps before(Session session, BeforeImages images, String statement) {
    return new EarlierSteps(
        images.list().stream()
            .filter(Images::ofStatement)
            .filter(earlier -> image(earlier).isNamedIn(statement))
            .filter(earlier -> image(earlier).isLeft(session))
            .toList());
  }

  private static ObjectImage image(Images images) {
    return ObjectImage.fromTexts(images.statementImage());
  }

  /** Notes how the statement has left them. */
  void after(Session session, BeforeImages images) {
    for (Images earlier : touched) {
      images.enter(earlier.withStatementImage(image(earlier).leftNow(session).toTexts()));
    }
  }
}
