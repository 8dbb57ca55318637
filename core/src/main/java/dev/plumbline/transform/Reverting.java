package dev.plumbline.transform;

import dev.plumbline.document.Document;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.DocumentSource.Written;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Takes the documents of one batch back, outside of a database. Each is read right before it is
 * written, so that what somebody has changed is seen; the intent is durable before the request goes
 * out; and where the fate of a request is not known the document is read back. For one thread.
 */
final class Reverting {
  private final DocumentSource source;
  private final Reverted reverted;
  private final long batch;
  private final Fates fates;

  /** What the run that is taken back made of the documents that are left to do. */
  private final Map<String, Image> left = new LinkedHashMap<>();

  private final Map<String, Restoration> judged = new LinkedHashMap<>();
  private final Map<String, Restoration> earlier = new LinkedHashMap<>();

  /** What the source said of the states that were read last. */
  private final Map<String, Optional<String>> versions = new HashMap<>();

  /**
   * @param open own images whose fate an earlier attempt has left unknown
   */
  Reverting(
      DocumentSource source,
      Reverted reverted,
      long batch,
      Collection<Image> open,
      Fates.Keeping keeping) {
    this.source = source;
    this.reverted = reverted;
    this.batch = batch;
    this.fates = new Fates(source, keeping, open);
  }

  /** Takes back what is as the run left it. */
  void write(Collection<Image> images) {
    images.forEach(image -> left.put(image.id(), image));
    for (int round = 0; !left.isEmpty() && round < Fates.ROUNDS; round++) {
      List<Image> intents = look();
      if (!intents.isEmpty()) {
        request(intents);
      }
    }
    left.keySet()
        .forEach(
            id -> {
              judged.remove(id);
              fates.giveUp(id);
            });
    left.clear();
  }

  /** Settles what an earlier attempt has left open, and writes nothing. */
  void settle(Collection<Image> images) {
    images.forEach(image -> left.put(image.id(), image));
    look();
    left.clear();
  }

  /** Reads what is left, and says what to write. */
  private List<Image> look() {
    List<Image> images = List.copyOf(left.values());
    List<String> ids = images.stream().map(Image::id).toList();
    Map<String, Document> now = new HashMap<>();
    source.read(ids).forEach(document -> now.put(document.id(), document));
    List<Image> intents = new ArrayList<>();
    for (Image image : images) {
      String id = image.id();
      Optional<Document> document = Optional.ofNullable(now.get(id));
      Optional<Image> intent = fates.open(id);
      if (intent.isPresent() && document.isPresent() && holds(document.get(), intent.get())) {
        wrote(id);
        earlier.put(id, Restoration.done(image, intent.get(), document.get(), reverted.property()));
        continue;
      }
      Restoration found = reverted.judge(image, document);
      Reverted.texts(found)
          .ifPresentOrElse(
              texts -> {
                judged.put(id, found);
                intents.add(intent(document.orElseThrow(), texts));
              },
              () -> settled(id, found));
    }
    now.forEach((id, document) -> versions.put(id, document.version()));
    return intents;
  }

  private void wrote(String id) {
    left.remove(id);
    fates.wrote(id);
  }

  private void settled(String id, Restoration found) {
    left.remove(id);
    fates.withdraw(id);
    judged.put(id, found);
  }

  private boolean holds(Document document, Image image) {
    return Restoration.holds(document, image, reverted.property(), source.keepsValues());
  }

  private Image intent(Document document, Map<String, Optional<String>> texts) {
    SortedMap<String, Optional<String>> before = new TreeMap<>();
    texts.keySet().forEach(property -> before.put(property, document.text(property)));
    return new Image(document.id(), batch, State.INTENDED, before, new TreeMap<>(texts));
  }

  private void request(List<Image> intents) {
    for (Written one : fates.request(intents, id -> versions.getOrDefault(id, Optional.empty()))) {
      switch (one.fate()) {
        case DONE -> wrote(one.id());
        case REFUSED -> refused(one);
        case GONE -> settled(one.id(), new Restoration.Conflict(List.of(""), "deleted since"));
        case CHANGED, UNKNOWN -> {} // read again in the next round
      }
    }
  }

  /** Nothing is kept of a document that could not be written: it is as it was. */
  private void refused(Written one) {
    left.remove(one.id());
    judged.remove(one.id());
    fates.refused(one);
  }

  /** What became of those that were to be written. */
  Fates fates() {
    return fates;
  }

  /** How documents were found, those among them that were written. */
  void judged(BiConsumer<String, Restoration> each) {
    judged.forEach(each);
  }

  /** What earlier attempts were seen to have done, since they did not come to note it. */
  void earlier(BiConsumer<String, Restoration> each) {
    earlier.forEach(each);
  }
}
