package dev.plumbline.transform;

import dev.plumbline.document.Differences;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.DocumentSource.Write;
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
  /** A document that is changed by others between every two requests is left to them. */
  private static final int ROUNDS = 6;

  private final DocumentSource source;
  private final Examiner examiner;
  private final long batch;
  private final Keeping keeping;

  /** What has been examined last, of those that are to be written. */
  private final Map<String, Read> wanted = new LinkedHashMap<>();

  /** Those whose request may have been carried out. */
  private final Map<String, Image> open = new HashMap<>();

  /** Those that were written, and must not be transformed a second time. */
  private final Set<String> done = new HashSet<>();

  private final List<String> written = new ArrayList<>();
  private final List<String> withdrawn = new ArrayList<>();
  private final Map<String, Examination> settled = new LinkedHashMap<>();
  private final Map<String, String> failed = new LinkedHashMap<>();

  /** A document as it was read, and what it becomes. */
  private record Read(Document document, Examination.Transformed result) {}

  /** Makes intents durable, before the requests go out. */
  @FunctionalInterface
  interface Keeping {
    void intend(List<Image> images);
  }

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
      Keeping keeping) {
    this.source = source;
    this.examiner = examiner;
    this.batch = batch;
    this.keeping = keeping;
    for (Image image : there) {
      switch (image.state()) {
        case INTENDED -> open.put(image.id(), image);
        case WRITTEN, PURGED -> {
          if (!again) {
            done.add(image.id());
          }
        }
      }
    }
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
    for (int round = 0; !wanted.isEmpty() && round < ROUNDS; round++) {
      readAgain();
      request();
    }
    wanted
        .keySet()
        .forEach(
            id ->
                failed.put(
                    id,
                    "it was changed by others, or the fate of its request stayed unknown, "
                        + ROUNDS
                        + " times in a row"));
    wanted.clear();
  }

  /**
   * Settles what an earlier attempt has left open, and writes nothing: what has its new shape was
   * written, and what is not there comes to nothing. The rest stays open.
   *
   * @param now those of the open documents that are there
   */
  void settle(Collection<Document> now) {
    Set<String> missing = new HashSet<>(open.keySet());
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
    Optional<Image> image = Optional.ofNullable(open.get(id));
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
    open.remove(id);
    written.add(id);
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
      } else if (open.containsKey(id)
          || !document.properties().equals(read.document().properties())) {
        look(document);
      } else {
        wanted.put(id, new Read(document, read.result()));
      }
    }
  }

  private void gone(String id) {
    wanted.remove(id);
    if (open.remove(id) != null) {
      withdrawn.add(id);
    }
    settled.put(id, new Examination.Skipped());
  }

  private void request() {
    if (wanted.isEmpty()) {
      return;
    }
    List<Image> images = new ArrayList<>();
    List<Write> writes = new ArrayList<>();
    for (Read read : wanted.values()) {
      Image image = image(read);
      images.add(image);
      writes.add(new Write(image.id(), image.after(), read.document().version()));
    }
    keeping.intend(images);
    images.forEach(image -> open.put(image.id(), image));
    for (Written one : source.write(writes)) {
      switch (one.fate()) {
        case DONE -> wrote(one.id());
        case REFUSED -> refused(one);
        case GONE -> gone(one.id());
        case CHANGED, UNKNOWN -> {} // read again in the next round
      }
    }
  }

  private void refused(Written one) {
    wanted.remove(one.id());
    open.remove(one.id());
    withdrawn.add(one.id());
    failed.put(one.id(), "the source refuses it: " + one.what());
  }

  private Image image(Read read) {
    SortedMap<String, Optional<String>> before = new TreeMap<>();
    SortedMap<String, Optional<String>> after = new TreeMap<>();
    read.result()
        .after()
        .forEach(
            (property, text) -> {
              before.put(property, read.document().text(property));
              after.put(property, Optional.of(text));
            });
    return new Image(read.document().id(), batch, State.INTENDED, before, after);
  }

  /** Ids of documents that were seen to be written. */
  List<String> written() {
    return List.copyOf(written);
  }

  /** Ids whose intent comes to nothing. */
  List<String> withdrawn() {
    return List.copyOf(withdrawn);
  }

  /** What those were found to be that are not written. */
  void settled(BiConsumer<String, Examination> each) {
    settled.forEach(each);
  }

  /** Why those failed that could not be written. */
  void failed(BiConsumer<String, String> each) {
    failed.forEach(each);
  }
}
