package dev.plumbline.rollback;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import dev.plumbline.journal.Images;
import dev.plumbline.object.ImageState;
import dev.plumbline.object.ObjectImage;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import java.util.List;
import java.util.Optional;

/** The way back of one step that ran a statement on the schema. */
record StatementRestore(Images images, ObjectImage image) implements ObjectRestore {

  StatementRestore(Images images) {
    this(images, ObjectImage.fromTexts(images.statementImage()));
  }

  @Override
  public Judged judge(Session session) {
    ImageState state = ImageState.of(session, image);
    return switch (state.standing()) {
      case AS_LEFT -> new Judged(Outcome.RESTORED, "");
      case AS_BEFORE -> new Judged(Outcome.ALREADY, "");
      case KEPT -> new Judged(Outcome.CONFLICT, state.why());
    };
  }

  @Override
  public String left() {
    return image.after();
  }

  @Override
  public Optional<String> now(Session session) {
    return Optional.of(image.now(session)).filter(text -> !text.isEmpty());
  }

  @Override
  public void lock(Session session) {
    ImageState.lock(session, image);
  }

  @Override
  public List<Sql> statements() {
    return image.back().stream().map(ObjectRestore::kept).toList();
  }

  @Override
  public Images kept(Session session, int step, Optional<String> before) {
    return Images.ofStatement(
        step,
        change(),
        images.changed(),
        images.object(),
        name(),
        images.objectKind(),
        image.reversed(images.statement()).toTexts(),
        String.join(";\n", image.back()));
  }
}
