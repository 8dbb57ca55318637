package dev.plumbline.crm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The records of one type, in the order of their ids. Safe for several threads. */
final class Table {
  private static final String EMAIL = "email";

  private final ObjectType type;
  private final NavigableMap<Long, CrmRecord> records = new TreeMap<>();
  private final Map<String, Long> byEmail = new HashMap<>();
  private final Map<String, String> defined = new HashMap<>();

  Table(ObjectType type) {
    this.type = type;
    define(type.defaults());
  }

  ObjectType type() {
    return type;
  }

  /** Makes properties known; values for others are refused. */
  synchronized void define(Collection<String> properties) {
    properties.forEach(property -> defined.put(property, property));
  }

  synchronized boolean knows(String property) {
    return defined.containsKey(property) || type.own().contains(property);
  }

  synchronized int size() {
    return records.size();
  }

  synchronized Optional<CrmRecord> find(long id) {
    return Optional.ofNullable(records.get(id));
  }

  synchronized Optional<CrmRecord> findByEmail(String email) {
    return Optional.ofNullable(byEmail.get(email.toLowerCase(Locale.ROOT))).map(records::get);
  }

  /** Up to so many records with greater ids. */
  synchronized List<CrmRecord> after(long id, int most) {
    return records.tailMap(id, false).values().stream().limit(most).toList();
  }

  synchronized List<CrmRecord> all() {
    return new ArrayList<>(records.values());
  }

  synchronized long nextId() {
    return records.isEmpty() ? 101 : records.lastKey() + 50;
  }

  /** Puts a record there as it is, whatever was there before. */
  synchronized void put(CrmRecord record) {
    Map<String, String> shared = new HashMap<>();
    record.properties().forEach((name, text) -> shared.put(shared(name), text));
    CrmRecord kept = new CrmRecord(record.id(), shared, record.createdAt(), record.updatedAt());
    forgetEmail(record.id());
    records.put(kept.id(), kept);
    kept.text(EMAIL).ifPresent(email -> byEmail.put(email.toLowerCase(Locale.ROOT), kept.id()));
  }

  /** Sets some properties of a record that is there; an empty text takes a value away. */
  synchronized CrmRecord set(long id, Map<String, String> written, long now) {
    CrmRecord before = find(id).orElseThrow();
    Map<String, String> after = new HashMap<>(before.properties());
    written.forEach(
        (property, text) -> {
          if (text.isEmpty()) {
            after.remove(property);
          } else {
            after.put(property, text);
          }
        });
    put(new CrmRecord(id, after, before.createdAt(), Math.max(now, before.updatedAt())));
    return find(id).orElseThrow();
  }

  synchronized boolean remove(long id) {
    forgetEmail(id);
    return records.remove(id) != null;
  }

  /** The text of a property, those included that the CRM itself keeps. */
  Optional<String> text(CrmRecord record, String property) {
    if (property.equals("hs_object_id")) {
      return Optional.of(String.valueOf(record.id()));
    }
    if (property.equals("createdate")) {
      return Optional.of(Instant.ofEpochMilli(record.createdAt()).toString());
    }
    if (property.equals(type.modified())) {
      return Optional.of(Instant.ofEpochMilli(record.updatedAt()).toString());
    }
    return record.text(property);
  }

  /** The properties that an answer shows: those that are known of the wanted, and its own. */
  synchronized Set<String> shown(Collection<String> wanted) {
    Set<String> shown = new HashSet<>(type.own());
    (wanted.isEmpty() ? type.defaults() : wanted).stream().filter(this::knows).forEach(shown::add);
    return shown;
  }

  private void forgetEmail(long id) {
    find(id)
        .flatMap(record -> record.text(EMAIL))
        .ifPresent(email -> byEmail.remove(email.toLowerCase(Locale.ROOT)));
  }

  /** One text for each property's name, so that names take no memory in each record. */
  private String shared(String name) {
    return defined.computeIfAbsent(name, same -> same);
  }
}
