package dev.plumbline.rollback;

import dev.plumbline.dialect.Key;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A slice of a rollback's work: a batch of the run that is taken back, or a part of it where the
 * whole failed. Parts are taken in order, so the last one ends the batch.
 *
 * @param batch the number of the batch in the run that is taken back
 * @param step only this step of that run; empty: all, backwards
 * @param after only keys after this one
 * @param upTo only keys up to this one
 * @param last whether nothing of the batch comes after it
 */
record BatchPart(
    long batch, OptionalInt step, Optional<Key> after, Optional<Key> upTo, boolean last) {

  static BatchPart whole(long batch) {
    return new BatchPart(batch, OptionalInt.empty(), Optional.empty(), Optional.empty(), true);
  }

  BatchPart ofStep(int only, boolean ends) {
    return new BatchPart(batch, OptionalInt.of(only), after, upTo, last && ends);
  }

  BatchPart firstHalf(Key middle) {
    return new BatchPart(batch, step, after, Optional.of(middle), false);
  }

  BatchPart secondHalf(Key middle) {
    return new BatchPart(batch, step, Optional.of(middle), upTo, last);
  }

  /** Where it begins, as the journal writes it. */
  String from() {
    return step.isEmpty() ? "" : place(after);
  }

  /** Where it ends, as the journal writes it: empty at the batch's end. */
  String to() {
    return last ? "" : place(upTo);
  }

  private String place(Optional<Key> key) {
    return "step " + step.orElse(0) + key.map(k -> " " + k.toJson()).orElse("");
  }
}
