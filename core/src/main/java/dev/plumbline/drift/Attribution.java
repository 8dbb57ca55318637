package dev.plumbline.drift;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.ClaimedObjects;
import dev.plumbline.claim.ClaimedObjects.Described;
import dev.plumbline.claim.Kind;
import dev.plumbline.claim.Origin;
import dev.plumbline.parser.PostgresParser;
import java.util.List;
import java.util.Optional;

/** Which statement explains an object: the latest that claims something of it. For one thread. */
public final class Attribution {
  private final ClaimedObjects claimed;

  /**
   * @param claims what stands, in the order in which it was made
   */
  public Attribution(List<Claim> claims, PostgresParser parser) {
    this.claimed = new ClaimedObjects(claims, parser);
  }

  /** The statement, else the latest about the table that the object belongs to. */
  public Optional<Origin> of(SchemaObject object) {
    Described described = object.described();
    return claimed
        .latest(described)
        .or(
            () ->
                object
                    .table()
                    .map(t -> new Described(Kind.TABLE, object.schema(), Optional.empty(), t, ""))
                    .flatMap(claimed::latest))
        .map(Claim::origin);
  }

  /** The statement that explains one side of a difference, or the other's absence. */
  public Optional<Origin> of(Difference difference) {
    return difference.left().or(difference::right).flatMap(this::of);
  }
}
