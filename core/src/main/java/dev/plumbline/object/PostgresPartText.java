package dev.plumbline.object;

import dev.plumbline.claim.Kind;
import dev.plumbline.claim.Place;
import dev.plumbline.database.PostgresObjects;
import dev.plumbline.database.PostgresObjects.Column;
import dev.plumbline.database.PostgresObjects.Constraint;
import dev.plumbline.database.PostgresObjects.DataType;
import dev.plumbline.database.PostgresObjects.Policy;
import dev.plumbline.database.PostgresObjects.Relation;
import dev.plumbline.database.PostgresObjects.Trigger;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Parts of PostgreSQL's live schema in words. */
final class PostgresPartText implements PartText {
  private final Session session;
  private final Dialect dialect;
  private final PostgresObjects objects;
  private final PostgresDefinitions definitions;

  PostgresPartText(Session session) {
    this.session = session;
    this.dialect = session.dialect();
    this.objects = new PostgresObjects(session);
    this.definitions = new PostgresDefinitions(session);
  }

  @Override
  public String read(Aspect aspect, Place place) {
    return switch (aspect) {
      case WHOLE -> whole(place).orElse("");
      case TYPE -> definitions.columnType(place).map(type -> typeIs(place) + type).orElse("");
      case NULLABILITY ->
          column(place)
              .map(c -> alterColumn(place) + (c.notNull() ? "SET NOT NULL" : "DROP NOT NULL"))
              .orElse("");
      case DEFAULT ->
          column(place)
              .map(c -> alterColumn(place) + c.fill().map(f -> "SET DEFAULT " + f).orElse(NO_FILL))
              .orElse("");
      case GENERATION -> column(place).map(PostgresPartText::generation).orElse("");
      case VALIDATION -> constraint(place).map(c -> validation(c.validated())).orElse("");
      case FIRING -> trigger(place).map(t -> firing(place, t)).orElse("");
      case ROW_SECURITY ->
          relation(place)
              .map(r -> alterTable(place) + (r.rowSecurity() ? "ENABLE" : "DISABLE") + SECURITY)
              .orElse("");
      case FORCED_ROW_SECURITY ->
          relation(place)
              .map(r -> alterTable(place) + (r.forced() ? "FORCE" : "NO FORCE") + SECURITY)
              .orElse("");
      case VALUES -> type(place).map(type -> labels(type)).orElse("");
      case COMMENT -> comment(place).orElse("");
    };
  }

  private static final String NO_FILL = "DROP DEFAULT";
  private static final String SECURITY = " ROW LEVEL SECURITY";

  // --- whole objects --------------------------------------------------------------------------

  private Optional<String> whole(Place place) {
    return switch (place.kind()) {
      case TABLE, FOREIGN_TABLE, RELATION -> relation(place).map(this::table);
      case VIEW -> definitions.view(place);
      case MATERIALIZED_VIEW -> definitions.materializedView(place);
      case SEQUENCE -> definitions.sequence(place);
      case INDEX -> definitions.index(place);
      case COLUMN -> column(place).map(PostgresPartText::column);
      case CONSTRAINT ->
          constraint(place)
              .map(
                  c ->
                      alterTable(place)
                          + "ADD CONSTRAINT "
                          + dialect.quote(c.name())
                          + " "
                          + c.definition());
      case TRIGGER -> trigger(place).map(t -> trigger(place, t));
      case POLICY -> definitions.policy(place);
      case FUNCTION, PROCEDURE -> definitions.routine(place);
      case AGGREGATE -> definitions.aggregate(place);
      case TYPE -> type(place).map(t -> t.kind() + " " + labels(t) + definitions.attributes(place));
      case DOMAIN -> definitions.domain(place);
      case SCHEMA -> definitions.schema(place);
      case EXTENSION -> definitions.extension(place);
    };
  }

  /** All that makes a table what it is, but its rows, its comments and privileges. */
  private String table(Relation table) {
    Set<Long> oid = Set.of(table.oid());
    List<String> lines = new ArrayList<>();
    lines.add(table.kind() + " " + table.rowSecurity() + " " + table.forced());
    objects.columns(oid).forEach(c -> lines.add(c.name() + " " + column(c)));
    constraints(oid)
        .forEach(c -> lines.add(c.name() + " " + c.definition() + validation(c.validated())));
    objects.indexes(oid).forEach(i -> lines.add(i.definition() + " " + i.valid()));
    objects.triggers(oid).forEach(t -> lines.add(t.definition() + " " + t.firing()));
    objects.policies(oid).stream().map(Policy::name).forEach(lines::add);
    lines.addAll(definitions.children(table.oid()));
    return String.join("\n", lines);
  }

  private static String column(Column column) {
    return column.type() + (column.notNull() ? " NOT NULL " : " ") + generation(column);
  }

  private static String generation(Column column) {
    return column.generated() + " " + column.fill().orElse("");
  }

  private static String validation(boolean validated) {
    return validated ? " validated" : " not validated";
  }

  private String trigger(Place place, Trigger trigger) {
    return trigger.firing().equals("O")
        ? trigger.definition()
        : trigger.definition() + "; " + firing(place, trigger);
  }

  private String firing(Place place, Trigger trigger) {
    String mode =
        switch (trigger.firing()) {
          case "D" -> "DISABLE";
          case "A" -> "ENABLE ALWAYS";
          case "R" -> "ENABLE REPLICA";
          default -> "ENABLE";
        };
    return alterTable(place) + mode + " TRIGGER " + dialect.quote(trigger.name());
  }

  private String labels(DataType type) {
    return String.join(", ", type.labels().stream().map(dialect::literal).toList());
  }

  private String alterTable(Place place) {
    return "ALTER TABLE " + Called.table(dialect, place) + " ";
  }

  private String alterColumn(Place place) {
    return alterTable(place) + "ALTER COLUMN " + dialect.quote(place.name()) + " ";
  }

  private String typeIs(Place place) {
    return alterColumn(place) + "TYPE ";
  }

  // --- finding --------------------------------------------------------------------------------

  private Optional<Relation> relation(Place place) {
    String name = place.table().isEmpty() ? place.name() : place.table();
    return objects.relations(List.of(name)).stream()
        .filter(relation -> relation.schema().equals(place.schema()))
        .findFirst();
  }

  private <T> Optional<T> member(
      Place place, Function<Set<Long>, List<T>> all, Function<T, String> name) {
    return relation(place).stream()
        .flatMap(table -> all.apply(Set.of(table.oid())).stream())
        .filter(member -> name.apply(member).equals(place.name()))
        .findFirst();
  }

  private Optional<Column> column(Place place) {
    return member(place, objects::columns, Column::name);
  }

  private Optional<Constraint> constraint(Place place) {
    return member(place, objects::constraints, Constraint::name);
  }

  private Optional<Trigger> trigger(Place place) {
    return member(place, objects::triggers, Trigger::name);
  }

  private Optional<DataType> type(Place place) {
    return objects.types(List.of(place.name())).stream()
        .filter(type -> type.schema().equals(place.schema()))
        .findFirst();
  }

  @Override
  public List<String> constraints(Place table) {
    return relation(table).stream()
        .flatMap(relation -> constraints(Set.of(relation.oid())))
        .map(Constraint::name)
        .toList();
  }

  /** Since PostgreSQL 18, NOT NULL is one, too; here it belongs to its column. */
  private Stream<Constraint> constraints(Set<Long> table) {
    return objects.constraints(table).stream().filter(c -> !c.type().equals("n"));
  }

  // --- comments -------------------------------------------------------------------------------

  private Optional<String> comment(Place place) {
    return remark(place)
        .map(
            remark ->
                "COMMENT ON "
                    + place.kind().word().toUpperCase(Locale.ROOT)
                    + " "
                    + Called.sql(dialect, place)
                    + " IS "
                    + remark);
  }

  /** As SQL; empty where the object is not there. */
  private Optional<String> remark(Place place) {
    return switch (place.kind()) {
      case TABLE, FOREIGN_TABLE, RELATION, VIEW, MATERIALIZED_VIEW, SEQUENCE, INDEX ->
          relation(place).map(o -> literal(o.comment()));
      case COLUMN -> column(place).map(o -> literal(o.comment()));
      case CONSTRAINT -> constraint(place).map(o -> literal(o.comment()));
      case TRIGGER -> trigger(place).map(o -> literal(o.comment()));
      case POLICY -> member(place, objects::policies, Policy::name).map(o -> literal(o.comment()));
      case FUNCTION, PROCEDURE, AGGREGATE ->
          objects.routines(List.of(place.name())).stream()
              .filter(r -> r.schema().equals(place.schema()))
              .filter(r -> r.arguments().equals(place.arguments()))
              .map(r -> literal(r.comment()))
              .findFirst();
      case TYPE, DOMAIN -> type(place).map(o -> literal(o.comment()));
      case SCHEMA -> named(objects.schemas(List.of(place.name())));
      case EXTENSION -> named(objects.extensions(List.of(place.name())));
    };
  }

  private Optional<String> named(List<PostgresObjects.Named> found) {
    return found.stream().map(o -> literal(o.comment())).findFirst();
  }

  private String literal(Optional<String> comment) {
    return comment.map(dialect::literal).orElse("NULL");
  }

  // --- what the way back would lose -----------------------------------------------------------

  @Override
  public void lock(PartImage part) {
    if (looksAtRows(part)) {
      session.execute(
          Sql.of("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", Called.table(dialect, part.place())));
    }
  }

  private static boolean looksAtRows(PartImage part) {
    return switch (part.aspect()) {
      case WHOLE ->
          part.isMade()
              && (part.place().kind() == Kind.TABLE || part.place().kind() == Kind.COLUMN);
      case TYPE -> true;
      case NULLABILITY, DEFAULT, GENERATION, VALIDATION, FIRING -> false;
      case ROW_SECURITY, FORCED_ROW_SECURITY, VALUES, COMMENT -> false;
    };
  }

  @Override
  public Optional<String> loss(PartImage part) {
    if (!looksAtRows(part)) {
      return Optional.empty();
    }
    if (part.aspect() == Aspect.TYPE) {
      return wouldChange(part)
          ? Optional.of("it holds values that its former type would change")
          : Optional.empty();
    }
    return part.place().kind() == Kind.TABLE
        ? some(part, "TRUE", "it holds rows")
        : some(part, otherThanDefault(part.place()), "it holds values");
  }

  /** A generated column holds nothing of its own. */
  private String otherThanDefault(Place place) {
    Column column = column(place).orElseThrow();
    boolean computed = column.generated().equals("s") || column.generated().equals("v");
    return computed
        ? "FALSE"
        : dialect.quote(place.name())
            + " IS DISTINCT FROM "
            + column.fill().map(f -> "(" + f + ")").orElse("NULL");
  }

  private Optional<String> some(PartImage part, String condition, String told) {
    Sql exists =
        Sql.of(
            "SELECT EXISTS (SELECT 1 FROM {} WHERE {})",
            Called.table(dialect, part.place()),
            condition);
    return session.one(exists, row -> row.truth(1)) ? Optional.of(told) : Optional.empty();
  }

  private boolean wouldChange(PartImage part) {
    String column = dialect.quote(part.place().name());
    String condition =
        "CAST(CAST("
            + column
            + " AS "
            + type(part.place(), part.before())
            + ") AS "
            + type(part.place(), part.after())
            + ") IS DISTINCT FROM "
            + column;
    try {
      return session.attempt(() -> some(part, condition, "").isPresent());
    } catch (DatabaseException e) {
      if (e.kind() == FailureKind.DATA || e.kind() == FailureKind.DEFINITION) {
        return true;
      }
      throw e;
    }
  }

  /** The type out of the statement that sets it. */
  private String type(Place place, String statement) {
    return Widening.bare(statement.substring(typeIs(place).length()));
  }
}
