package dev.plumbline.object;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.ClaimCheck;
import dev.plumbline.claim.Kind;
import dev.plumbline.claim.Place;
import dev.plumbline.claim.Subject;
import dev.plumbline.database.Session;
import dev.plumbline.object.Wanted.ClaimWanted;
import dev.plumbline.parser.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes down what a statement does to the schema: begun before it is run, ended after it, in one
 * transaction. For one thread.
 */
public final class Recording {
  private final Session session;
  private final ClaimWanted wanted;
  private final ClaimCheck check = new ClaimCheck(WantedReader.PARSER);
  private final PartText text;
  private final List<Trace> traces = new ArrayList<>();

  private Recording(Session session, ClaimWanted wanted) {
    this.session = session;
    this.wanted = wanted;
    this.text = PartText.of(session);
  }

  /**
   * A part that the statement may change.
   *
   * @param place empty where it is not there yet
   */
  private record Trace(Aspect aspect, Claim claim, Optional<Place> place, String before) {}

  /** Begins: what is there before the statement is run. */
  public static Recording before(Session session, ClaimWanted wanted) {
    Recording recording = new Recording(session, wanted);
    wanted.claims().stream()
        .filter(claim -> !recording.belongsToAnother(claim))
        .forEach(recording::trace);
    return recording;
  }

  /** A table's definition holds its parts. */
  private boolean belongsToAnother(Claim claim) {
    return claim
        .subject()
        .on()
        .filter(
            table ->
                wanted.claims().stream()
                    .filter(c -> c instanceof Claim.Exists || c instanceof Claim.SqliteObject)
                    .anyMatch(c -> c != claim && c.subject().name().equals(table)))
        .isPresent();
  }

  private void trace(Claim claim) {
    Optional<Place> place = check.find(session, claim);
    for (Aspect aspect : aspects(claim, place.isPresent())) {
      traces.add(new Trace(aspect, claim, place, place.map(p -> text.read(aspect, p)).orElse("")));
    }
    if (claim instanceof Claim.ConstraintExists && isUnnamed(claim)) {
      constraints(claim)
          .forEach(
              there ->
                  traces.add(
                      new Trace(
                          Aspect.WHOLE,
                          claim,
                          Optional.of(there),
                          text.read(Aspect.WHOLE, there))));
    }
  }

  /** What of the object the statement is about; of one that it makes, the whole. */
  private static List<Aspect> aspects(Claim claim, boolean there) {
    return switch (claim) {
      case Claim.ColumnExists column -> there ? aspects(column) : List.of(Aspect.WHOLE);
      case Claim.ConstraintExists constraint ->
          isUnnamed(constraint) ? List.of() : List.of(there ? Aspect.VALIDATION : Aspect.WHOLE);
      case Claim.TriggerExists trigger ->
          List.of(
              there && trigger.detail().equals(Node.Fields.NONE) ? Aspect.FIRING : Aspect.WHOLE);
      case Claim.EnumHas labels -> List.of(there ? Aspect.VALUES : Aspect.WHOLE);
      case Claim.RowSecurity security ->
          List.of(
              security.enabled().isPresent() ? Aspect.ROW_SECURITY : Aspect.FORCED_ROW_SECURITY);
      case Claim.CommentIs comment -> List.of(Aspect.COMMENT);
      case Claim.Exists exists -> List.of(Aspect.WHOLE);
      case Claim.IndexExists index -> List.of(Aspect.WHOLE);
      case Claim.FunctionExists function -> List.of(Aspect.WHOLE);
      case Claim.PolicyExists policy -> List.of(Aspect.WHOLE);
      case Claim.Absent absent -> List.of(Aspect.WHOLE);
      case Claim.SqliteObject object -> List.of(Aspect.WHOLE);
      case Claim.SqliteColumn column -> List.of(Aspect.WHOLE);
    };
  }

  private static List<Aspect> aspects(Claim.ColumnExists column) {
    List<Aspect> aspects = new ArrayList<>();
    column.type().ifPresent(type -> aspects.add(Aspect.TYPE));
    column.notNull().ifPresent(notNull -> aspects.add(Aspect.NULLABILITY));
    column.generated().ifPresent(generated -> aspects.add(Aspect.GENERATION));
    if (column.generated().isEmpty()) {
      column.fill().ifPresent(fill -> aspects.add(Aspect.DEFAULT));
    }
    return aspects;
  }

  private static boolean isUnnamed(Claim claim) {
    return claim.subject().name().name().isEmpty();
  }

  /** Of the table that a claim is about. */
  private List<Place> constraints(Claim claim) {
    Subject table =
        new Subject(
            Kind.RELATION, Optional.empty(), claim.subject().on().orElseThrow(), Optional.empty());
    return check
        .find(session, new Claim.Exists(table, Node.Fields.NONE, claim.origin()))
        .map(
            found ->
                text.constraints(found).stream()
                    .map(
                        name ->
                            new Place(
                                Kind.CONSTRAINT, found.schema(), found.name(), name, List.of()))
                    .toList())
        .orElse(List.of());
  }

  /** Ends: what the statement has done. */
  public ObjectImage after() {
    List<PartImage> parts = new ArrayList<>();
    for (Trace trace : traces) {
      trace
          .place()
          .or(() -> check.find(session, trace.claim()))
          .map(
              place ->
                  new PartImage(
                      trace.aspect(), place, trace.before(), text.read(trace.aspect(), place)))
          .filter(part -> !part.before().equals(part.after()))
          .ifPresent(parts::add);
    }
    wanted.claims().stream()
        .filter(c -> c instanceof Claim.ConstraintExists && isUnnamed(c) && !belongsToAnother(c))
        .flatMap(claim -> constraints(claim).stream())
        .distinct()
        .filter(place -> traces.stream().noneMatch(t -> t.place().equals(Optional.of(place))))
        .forEach(place -> parts.add(made(place)));
    return WayBack.of(session.dialect(), parts, wanted.irrevocable());
  }

  /** What it will be when the statement has dropped what it names. */
  public ObjectImage afterDrop() {
    List<PartImage> parts = new ArrayList<>();
    for (Trace trace : traces) {
      trace
          .place()
          .ifPresent(place -> parts.add(new PartImage(trace.aspect(), place, trace.before(), "")));
    }
    return WayBack.of(session.dialect(), parts, wanted.irrevocable());
  }

  private PartImage made(Place place) {
    return new PartImage(Aspect.WHOLE, place, "", text.read(Aspect.WHOLE, place));
  }
}
