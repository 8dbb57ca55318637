package dev.plumbline.crm;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All records, and who changed them. Safe for several threads. */
final class Store {
  private final Map<String, Table> tables = new ConcurrentHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<Place, Integer> clientWrites = new HashMap<>();
  private final boolean keepsChanges;
  private final InstantSource clock;

  private record Place(String type, long id) {}

  Store(boolean keepsChanges, InstantSource clock) {
    this.keepsChanges = keepsChanges;
    this.clock = clock;
  }

  /** The records of a type; an empty table where there are none yet. */
  Table table(String name) {
    ObjectType type = ObjectType.named(name);
    return tables.computeIfAbsent(type.name(), key -> new Table(type));
  }

  /** Sets properties of a record that is there, and keeps in mind who did. */
  CrmRecord write(Table table, long id, Map<String, String> properties, Change.By by, String mark) {
    String type = table.type().name();
    synchronized (changes) {
      long now = clock.millis();
      CrmRecord after = table.set(id, properties, now);
      if (keepsChanges) {
        changes.add(new Change(type, id, by, mark, properties, now));
      }
      if (by == Change.By.CLIENT) {
        clientWrites.merge(new Place(type, id), 1, Integer::sum);
      }
      return after;
    }
  }

  /** Makes a record, with an id behind all others. */
  CrmRecord create(Table table, Map<String, String> properties) {
    synchronized (changes) {
      Records.noOtherHasEmail(table, properties, 0);
      long now = clock.millis();
      CrmRecord created = new CrmRecord(table.nextId(), Map.of(), now, now);
      table.put(created);
      return write(table, created.id(), properties, Change.By.CLIENT, "");
    }
  }

  /** Lets a learner change a record as it is now; nobody else writes in between. */
  Optional<Change> learn(Table table, long id, Learner learner, String mark) {
    synchronized (changes) {
      Optional<Map<String, String>> written =
          table.find(id).flatMap(record -> learner.changes(record, mark));
      written.ifPresent(texts -> write(table, id, texts, Change.By.LEARNER, mark));
      return written.map(
          texts ->
              new Change(table.type().name(), id, Change.By.LEARNER, mark, texts, clock.millis()));
    }
  }

  /** All changes so far, the oldest first. */
  List<Change> changes() {
    synchronized (changes) {
      return List.copyOf(changes);
    }
  }

  /** How often a record was written through the API. */
  int clientWrites(String type, long id) {
    synchronized (changes) {
      return clientWrites.getOrDefault(new Place(ObjectType.named(type).name(), id), 0);
    }
  }

  /** How many records were written so often through the API. */
  Map<Integer, Integer> clientWritesByCount() {
    synchronized (changes) {
      Map<Integer, Integer> records = new HashMap<>();
      clientWrites.values().forEach(count -> records.merge(count, 1, Integer::sum));
      return Map.copyOf(records);
    }
  }
}
