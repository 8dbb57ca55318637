package dev.plumbline.transform;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which documents a transform is about, and how it goes through them.
 *
 * @param ids only these; empty: all
 * @param from the place after which it begins, as an earlier run named it
 * @param limit at most so many documents that are to be changed
 * @param batchSize the documents of a batch; empty: what the source takes at once
 * @param workers how many batches at once
 */
public record TransformOptions(
    List<String> ids,
    Optional<String> from,
    OptionalLong limit,
    OptionalInt batchSize,
    int workers) {
  public TransformOptions {
    ids = List.copyOf(ids);
  }

  /** All documents, one batch at a time. */
  public static TransformOptions all() {
    return new TransformOptions(
        List.of(), Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), 1);
  }

  /** Whether a list of ids says which documents, rather than the source's own order. */
  boolean listed() {
    return !ids.isEmpty() || limit.isPresent();
  }
}
