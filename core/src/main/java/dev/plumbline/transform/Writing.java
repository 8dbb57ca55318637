package dev.plumbline.transform;

import dev.plumbline.document.Differences;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.DocumentSource.Written;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Writes the documents of one batch. Each is read right before it is written, and examined again if
 * it is no longer as it was; its before-image is durable before the request goes out; and where the
 * fate of a request is not known, the document is read back before anything else is done. For one
 * thread.
 *
 * <p>What remains is the time between that reading and the source's writing: a change that somebody
 * makes in this moment to the same property is overwritten where the source cannot check a version.
 * It is in none of the images. See docs/transforms.md.
 */
final class Writing {
  private final DocumentSource source;
  private final Examiner examiner;
  private final long batch;
  private final Fates fates;

  /** What has been examined last, of those that are to be written. */
  private final Map<String, Read> wanted = new LinkedHashMap<>();

  /** Those that were written, and must not be transformed a second time. */
  private final Set<String> done = new HashSet<>();

  private final Map<String, Examination> settled = new LinkedHashMap<>();

  /** A document as it was read, and what it becomes. */
  private record Read(Document document, Examination.Transformed result) {}

  /**
   * @param there images of these documents that the run has already: of some an earlier attempt has
   *     left the fate unknown
   * @param again whether a document that was written may be transformed again, because that changes
   *     nothing
   */
  Writing(
      DocumentSource source,
      Examiner examiner,
      long batch,
      Collection<Image> there,
      boolean again,
      Fates.Keeping keeping) {
    this.source = source;
    this.examiner = examiner;
    this.batch = batch;
    List<Image> open = new ArrayList<>();
    for (Image image : there) {
      switch (image.state()) {
        case INTENDED -> open.add(image);
        case WRITTEN, PURGED -> {
          if (!again) {
            done.add(image.id());
          }
        }
      }
    }
    this.fates = new Fates(source, keeping, open);
  }

  /** Examines documents and writes those that become other ones. */
  void write(Collection<Document> documents) {
    documents.stream().filter(document -> !done.contains(document.id())).forEach(this::look);
    List<Read> all = List.copyOf(wanted.values());
    int most = source.batch();
    for (int from = 0; from < all.size(); from += most) {
      wanted.clear();
      all.subList(from, Math.min(from + most, all.size()))
          .forEach(read -> wanted.put(read.document().id(), read));
      writeWanted();
    }
  }

  /** As many as one request takes, so that each was read right before. */
  private void writeWanted() {
    for (int round = 0; !wanted.isEmpty() && round < Fates.ROUNDS; round++) {
      readAgain();
      request();
    }
    wanted.keySet().forEach(fates::giveUp);
    wanted.clear();
  }

  /**
   * Settles what an earlier attempt has left open, and writes nothing: what has its new shape was
   * written, and what is not there comes to nothing. The rest stays open.
   *
   * @param now those of the open documents that are there
   */
  void settle(Collection<Document> now) {
    Set<String> missing = new HashSet<>(fates.open());
    for (Document document : now) {
      look(document);
      missing.remove(document.id());
    }
    missing.forEach(this::gone);
    wanted.clear();
  }

  /** Takes a document as it is now for what it is. */
  private void look(Document document) {
    String id = document.id();
    Optional<Image> image = fates.open(id);
    if (image.isPresent() && holds(document, image.get().after())) {
      wrote(id);
      return;
    }
    Examination found = examiner.examine(document);
    if (found instanceof Examination.Transformed result) {
      wanted.put(id, new Read(document, result));
      return;
    }
    wanted.remove(id);
    if (image.isPresent() && found instanceof Examination.Unchanged) {
      wrote(id); // it has its new shape, and somebody has changed it since
      return;
    }
    settled.put(id, found);
  }

  private void wrote(String id) {
    wanted.remove(id);
    fates.wrote(id);
  }

  /** Whether the document has these texts. */
  private boolean holds(Document document, SortedMap<String, Optional<String>> texts) {
    return texts.entrySet().stream()
        .allMatch(text -> same(document.text(text.getKey()), text.getValue()));
  }

  private boolean same(Optional<String> one, Optional<String> other) {
    return one.equals(other)
        || (source.keepsValues()
            && one.isPresent()
            && other.isPresent()
            && Differences.same(one.get(), other.get()));
  }

  /** The conflict check; it also tells what became of requests whose answer was lost. */
  private void readAgain() {
    List<Read> reads = List.copyOf(wanted.values());
    Map<String, Document> now = new HashMap<>();
    source
        .read(reads.stream().map(read -> read.document().id()).toList())
        .forEach(document -> now.put(document.id(), document));
    for (Read read : reads) {
      String id = read.document().id();
      Document document = now.get(id);
      if (document == null) {
        gone(id);
      } else if (fates.open(id).isPresent()
          || !document.properties().equals(read.document().properties())) {
        look(document);
      } else {
        wanted.put(id, new Read(document, read.result()));
      }
    }
  }

  private void gone(String id) {
    wanted.remove(id);
    fates.withdraw(id);
    settled.put(id, new Examination.Skipped());
  }

  private void request() {
    if (wanted.isEmpty()) {
      return;
    }
    List<Image> intents = wanted.values().stream().map(this::image).toList();
    for (Written one : fates.request(intents, this::version)) {
      switch (one.fate()) {
        case DONE -> wrote(one.id());
        case REFUSED -> {
          wanted.remove(one.id());
          fates.refused(one);
        }
        case GONE -> gone(one.id());
        case CHANGED, UNKNOWN -> {} // read again in the next round
      }
    }
  }

  private Optional<String> version(String id) {
    return Optional.ofNullable(wanted.get(id)).flatMap(read -> read.document().version());
  }

  private Image image(Read read) {
    SortedMap<String, Optional<String>> before = new TreeMap<>();
    SortedMap<String, Optional<String>> after = new TreeMap<>();
    read.result()
        .after()
        .forEach(
            (property, text) -> {
              before.put(property, read.document().text(property));
              after.put(property, source.kept(text));
            });
    return new Image(read.document().id(), batch, State.INTENDED, before, after);
  }

  /** What became of those that were to be written. */
  Fates fates() {
    return fates;
  }

  /** What those were found to be that are not written. */
  void settled(BiConsumer<String, Examination> each) {
    settled.forEach(each);
  }
}
