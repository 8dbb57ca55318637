package dev.plumbline.transform;

import dev.plumbline.journal.DocumentImages;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.DocumentSource.Write;
import dev.plumbline.source.DocumentSource.Written;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What becomes of documents that are written outside of a database. Their intents are durable
 * before the requests go out; what an answer leaves unknown stays open, until the document is read
 * back. For one thread.
 */
final class Fates {
  /** A document that is changed by others between every two requests is left to them. */
  static final int ROUNDS = 6;

  private final DocumentSource source;
  private final Keeping keeping;

  /** Images of those whose request may have been carried out. */
  private final Map<String, Image> open = new HashMap<>();

  private final List<String> written = new ArrayList<>();
  private final List<String> withdrawn = new ArrayList<>();
  private final Map<String, String> failed = new LinkedHashMap<>();

  /** Makes intents durable, before the requests go out. */
  @FunctionalInterface
  interface Keeping {
    void intend(List<Image> images);
  }

  /**
   * @param open images of those whose fate is to be looked at, since an attempt may have been
   *     killed
   */
  Fates(DocumentSource source, Keeping keeping, Collection<Image> open) {
    this.source = source;
    this.keeping = keeping;
    open.forEach(image -> this.open.put(image.id(), image));
  }

  /** What may have been written into a document, if anything. */
  Optional<Image> open(String id) {
    return Optional.ofNullable(open.get(id));
  }

  Set<String> open() {
    return Set.copyOf(open.keySet());
  }

  /**
   * Writes, and tells what is known of it then.
   *
   * @param version the state that a document was read in, where the source tells one
   */
  List<Written> request(List<Image> intents, Function<String, Optional<String>> version) {
    keeping.intend(intents);
    intents.forEach(intent -> open.put(intent.id(), intent));
    return source.write(
        intents.stream()
            .map(intent -> new Write(intent.id(), intent.after(), version.apply(intent.id())))
            .toList());
  }

  /** It was seen to be written. */
  void wrote(String id) {
    open.remove(id);
    written.add(id);
  }

  /** Its intent comes to nothing; the image of what was written by then stays. */
  void withdraw(String id) {
    Image image = open.remove(id);
    if (image != null && image.state() == State.INTENDED) {
      withdrawn.add(id);
    }
  }

  void refused(Written one) {
    withdraw(one.id());
    failed.put(one.id(), "the source refuses it: " + one.what());
  }

  /** After so many rounds; its fate stays open. */
  void giveUp(String id) {
    failed.put(
        id,
        "it was changed by others, or the fate of its request stayed unknown, "
            + ROUNDS
            + " times in a row");
  }

  /** Ids of documents that were seen to be written. */
  List<String> written() {
    return List.copyOf(written);
  }

  /** Why those failed that could not be written. */
  void failed(BiConsumer<String, String> each) {
    failed.forEach(each);
  }

  /** Enters what is known by now, with the batch's checkpoint. */
  void enter(DocumentImages images) {
    images.written(written);
    images.withdraw(withdrawn);
  }
}
