package dev.plumbline.object;

import dev.plumbline.database.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How what a statement did stands by now.
 *
 * @param why it is kept, in words; empty otherwise
 */
public record ImageState(Standing standing, String why) {

  /** How it stands. */
  public enum Standing {
    /** As the statement left it: it can be taken back. */
    AS_LEFT,
    /** As it was before the statement, or nothing needs to be taken back. */
    AS_BEFORE,
    /** Somebody has changed it, or it cannot be taken back. */
    KEPT
  }

  /** Looks at the live schema, and where need be at rows; reads only. */
  public static ImageState of(Session session, ObjectImage image) {
    PartText text = PartText.of(session);
    List<PartImage> left = new ArrayList<>();
    boolean taken = false;
    for (PartImage part : image.parts()) {
      if (part.aspect() == Aspect.VALIDATION) {
        continue;
      }
      String now = text.read(part.aspect(), part.place());
      if (part.isLeft(now)) {
        left.add(part);
      } else if (part.isAsBefore(now)) {
        taken = true;
      } else {
        return new ImageState(Standing.KEPT, "changed since");
      }
    }
    if (left.isEmpty()) {
      return new ImageState(Standing.AS_BEFORE, "");
    }
    if (taken) {
      return new ImageState(Standing.KEPT, "changed in part since");
    }
    return image.irrevocable().isEmpty()
        ? losing(text, left)
        : new ImageState(Standing.KEPT, image.irrevocable());
  }

  private static ImageState losing(PartText text, List<PartImage> left) {
    for (PartImage part : left) {
      Optional<String> loss = text.loss(part);
      if (loss.isPresent()) {
        return new ImageState(Standing.KEPT, loss.get() + " by now");
      }
    }
    return new ImageState(Standing.AS_LEFT, "");
  }

  /** Keeps others from changing what the judgement looks at, until the transaction ends. */
  public static void lock(Session session, ObjectImage image) {
    PartText text = PartText.of(session);
    if (of(session, image).standing() == Standing.AS_LEFT) {
      image.parts().forEach(text::lock);
    }
  }
}
