package dev.plumbline.drift;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.ClaimedObjects;
import dev.plumbline.claim.Kind;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.schema.Table;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The objects of a catalogue that no claim is about. */
public final class Unclaimed {
  private static final String SQLITE_SCHEMA = "main";

  private Unclaimed() {}

  /**
   * Finds them. Of a table that nobody claims nothing is listed that belongs to it; what comes with
   * a claimed table that is made of a query, like another or as a partition counts as claimed.
   *
   * @param claims what stands, in the order in which it was made
   * @param trackers tables in which tools keep their record: they are left out
   */
  public static List<SchemaObject> of(
      Snapshot snapshot, List<Claim> claims, Collection<Table> trackers, PostgresParser parser) {
    ClaimedObjects claimed = new ClaimedObjects(claims, parser);
    Set<Place> ofTools = trackers.stream().map(Unclaimed::place).collect(Collectors.toSet());
    List<SchemaObject> unclaimed =
        snapshot.objects().stream()
            .filter(object -> !isIn(ofTools, object))
            .filter(object -> !claimed.covers(object.described()))
            .toList();
    Set<Place> whole =
        unclaimed.stream()
            .filter(object -> object.kind() == Kind.TABLE)
            .map(table -> new Place(table.schema(), table.name()))
            .collect(Collectors.toSet());
    return unclaimed.stream()
        .filter(object -> object.table().isEmpty() || !isIn(whole, object))
        .toList();
  }

  /** Where a table is. */
  private record Place(String schema, String table) {}

  private static Place place(Table table) {
    return new Place(table.schema().equals(SQLITE_SCHEMA) ? "" : table.schema(), table.name());
  }

  private static boolean isIn(Set<Place> tables, SchemaObject object) {
    Optional<String> table =
        object.kind() == Kind.TABLE ? Optional.of(object.name()) : object.table();
    return table.filter(name -> tables.contains(new Place(object.schema(), name))).isPresent();
  }
}
