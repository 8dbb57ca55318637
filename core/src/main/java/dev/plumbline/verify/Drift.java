package dev.plumbline.verify;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.Kind;
import dev.plumbline.claim.Origin;
import dev.plumbline.drift.Attribution;
import dev.plumbline.drift.Difference;
import dev.plumbline.drift.Differences;
import dev.plumbline.drift.SchemaObject;
import dev.plumbline.drift.Snapshot;
import dev.plumbline.drift.Unclaimed;
import dev.plumbline.error.Position;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.schema.Table;
import dev.plumbline.tracker.Match;
import dev.plumbline.verify.Finding.Sort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the live catalogue has otherwise than the migrations say, or than another catalogue. */
final class Drift {
  /** What some tools keep beside their record. */
  private static final Set<String> BESIDE =
      Set.of("databasechangeloglock", "knex_migrations_lock", "ar_internal_metadata");

  private final PostgresParser parser;
  private final List<Tracked> tracked;
  private final List<Claim> claims;
  private final Snapshot live;

  /**
   * @param claims all that the migrations claim, applied or not, in the order in which it was made
   */
  Drift(PostgresParser parser, List<Tracked> tracked, List<Claim> claims, Snapshot live) {
    this.parser = parser;
    this.tracked = tracked;
    this.claims = claims;
    this.live = live;
  }

  /** The objects that no migration claims, but for the tools' own tables and their schemas. */
  List<SchemaObject> unclaimed() {
    return Unclaimed.of(live, claims, trackers().toList(), parser).stream()
        .filter(object -> trackers().noneMatch(table -> isSchemaOf(table, object)))
        .filter(object -> !BESIDE.contains(object.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static boolean isSchemaOf(Table table, SchemaObject object) {
    return object.kind() == Kind.SCHEMA && object.name().equals(table.schema());
  }

  List<Finding> unclaimedFindings() {
    return unclaimed().stream()
        .map(
            object ->
                new Finding(
                    Sort.UNCLAIMED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    object.toString(),
                    "is there, and no migration claims it",
                    "Write a migration that makes it, so that other databases get it too; or drop"
                        + " it."))
        .toList();
  }

  /**
   * Where another catalogue says otherwise.
   *
   * @param name how findings call the other one: {@code "staging"}, {@code "the migrations' own"}
   */
  List<Finding> against(Snapshot other, String name) {
    Attribution attribution = new Attribution(claims, parser);
    return new Differences(parser)
        .between(live, other).stream()
            .filter(difference -> trackers().noneMatch(table -> isOf(table, difference.key())))
            .map(difference -> finding(difference, name, attribution.of(difference)))
            .toList();
  }

  private Stream<Table> trackers() {
    return tracked.stream().flatMap(one -> one.history().stream()).map(history -> history.table());
  }

  private static boolean isOf(Table table, SchemaObject.Key key) {
    boolean schema = key.schema().isEmpty() || key.schema().equals(table.schema());
    return schema
        && (key.name().equals(table.name())
            || key.table().filter(table.name()::equals).isPresent());
  }

  private Finding finding(Difference difference, String name, Optional<Origin> origin) {
    String what =
        difference.right().isEmpty()
            ? "is here, and not in " + name
            : difference.left().isEmpty()
                ? "is in " + name + ", and not here"
                : "is "
                    + difference.left().get().definition()
                    + " here, and "
                    + difference.right().get().definition()
                    + " in "
                    + name
                    + (difference.certain() ? "" : " (which may mean the same)");
    Optional<String> revision = origin.map(Origin::source).filter(source -> !source.isEmpty());
    return new Finding(
        difference.certain() ? Sort.DRIFT : Sort.PERHAPS_DRIFT,
        Optional.empty(),
        revision,
        origin.flatMap(this::place),
        difference.key().toString(),
        what,
        revision
            .map(one -> "Migration " + one + explained(one) + ".")
            .orElse("No migration that is known here explains it."));
  }

  private String explained(String revision) {
    return match(revision)
        .filter(match -> match.recorded().isEmpty())
        .map(match -> " says so, and is pending here")
        .orElse(" says what it should be, and is recorded here");
  }

  private Optional<Match> match(String revision) {
    return tracked.stream()
        .flatMap(one -> one.matches().stream())
        .filter(match -> match.revision().equals(revision))
        .findFirst();
  }

  private Optional<Position> place(Origin origin) {
    return match(origin.source())
        .flatMap(Match::file)
        .map(file -> ClaimsOf.place(file, origin.start()));
  }
}
