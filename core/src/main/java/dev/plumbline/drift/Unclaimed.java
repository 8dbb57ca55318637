package dev.plumbline.drift;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.ClaimedObjects;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.schema.Table;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The objects of a catalogue that no claim is about. */
public final class Unclaimed {
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
    List<SchemaObject> unclaimed =
        snapshot.without(trackers).objects().stream()
            .filter(object -> !claimed.covers(object.described()))
            .toList();
    Set<SchemaObject.Key> tables =
        unclaimed.stream().map(SchemaObject::key).collect(Collectors.toSet());
    return unclaimed.stream()
        .filter(object -> object.owner().filter(tables::contains).isEmpty())
        .toList();
  }
}
