package dev.plumbline.transform;

import dev.plumbline.document.Document;
import dev.plumbline.source.DocumentSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;

/**
 * Records of several properties behind requests, in this process: what becomes of a write, and of
 * its answer, is as the test says.
 */
final class Records implements DocumentSource {
  private final SortedMap<String, SortedMap<String, String>> records =
      new ConcurrentSkipListMap<>();
  private String place = "records of this process";
  private BiFunction<Records, Write, Written> writing = Records::carryOut;

  /** What becomes of each write from now on. */
  void writing(BiFunction<Records, Write, Written> behaviour) {
    this.writing = behaviour;
  }

  /** As a service does that is in order. */
  Written carryOut(Write write) {
    if (!records.containsKey(write.id())) {
      return new Written(write.id(), Fate.GONE, "no such record");
    }
    write.properties().forEach((property, text) -> set(write.id(), property, text.orElse("")));
    return Written.done(write.id());
  }

  /** Somebody writes; an empty text takes the property away. */
  void set(String id, String property, String text) {
    SortedMap<String, String> record = new TreeMap<>(records.getOrDefault(id, new TreeMap<>()));
    if (text.isEmpty()) {
      record.remove(property);
    } else {
      record.put(property, text);
    }
    records.put(id, record);
  }

  void remove(String id) {
    records.remove(id);
  }

  Map<String, String> get(String id) {
    return records.getOrDefault(id, new TreeMap<>());
  }

  /** Any text: records are in the order of their ids. */
  @Override
  public void requirePlace(String place) {}

  @Override
  public String label() {
    return "records of this process";
  }

  @Override
  public String place() {
    return place;
  }

  /** Requests go somewhere else from now on. */
  void standIn(String other) {
    this.place = other;
  }

  @Override
  public Page page(Optional<String> after, int most) {
    List<Document> documents =
        records.entrySet().stream()
            .filter(record -> after.isEmpty() || record.getKey().compareTo(after.get()) > 0)
            .limit(most)
            .map(record -> Document.of(record.getKey(), record.getValue()))
            .toList();
    Optional<String> last = documents.stream().map(Document::id).reduce((one, next) -> next);
    return new Page(documents, List.of(), documents.size() < most ? Optional.empty() : last);
  }

  @Override
  public List<Document> read(Collection<String> ids) {
    return ids.stream()
        .filter(records::containsKey)
        .map(id -> Document.of(id, records.getOrDefault(id, new TreeMap<>())))
        .toList();
  }

  @Override
  public Page named(Collection<String> ids) {
    return new Page(read(ids), List.of(), Optional.empty());
  }

  @Override
  public Optional<Document> find(String by, String value) {
    return Optional.empty();
  }

  @Override
  public List<Written> write(List<Write> writes) {
    return writes.stream().map(write -> writing.apply(this, write)).toList();
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of(records.size());
  }

  @Override
  public int batch() {
    return 4;
  }

  @Override
  public Optional<Allowance> allowance() {
    return Optional.empty();
  }

  @Override
  public boolean keepsValues() {
    return false;
  }

  @Override
  public Optional<String> kept(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  @Override
  public void close() {}
}
