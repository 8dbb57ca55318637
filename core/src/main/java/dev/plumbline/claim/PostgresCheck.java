package dev.plumbline.claim;

import dev.plumbline.database.PostgresObjects.Column;
import dev.plumbline.database.PostgresObjects.Constraint;
import dev.plumbline.database.PostgresObjects.DataType;
import dev.plumbline.database.PostgresObjects.Index;
import dev.plumbline.database.PostgresObjects.Named;
import dev.plumbline.database.PostgresObjects.Policy;
import dev.plumbline.database.PostgresObjects.Relation;
import dev.plumbline.database.PostgresObjects.Routine;
import dev.plumbline.database.PostgresObjects.Trigger;
import dev.plumbline.parser.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Judges claims by PostgreSQL's catalogue. */
final class PostgresCheck {
  private static final String NO_EFFECT =
      "Its statement had no effect: look for IF NOT EXISTS over another object, or for an error that"
          + " a DO block swallows; then run it again.";
  private static final String OTHER =
      "Something else has its name: drop or rename that, then run the statement again.";

  private final LiveObjects live;
  private final Printed printed;

  PostgresCheck(LiveObjects live, Printed printed) {
    this.live = live;
    this.printed = printed;
  }

  /** What is wrong, and what to do. */
  private record Fault(String found, String next) {}

  private static final Fault MISSING = new Fault("missing", NO_EFFECT);

  private static Fault other(String found) {
    return new Fault(found, OTHER);
  }

  List<FalseClaim> check(List<Claim> claims) {
    List<FalseClaim> found = new ArrayList<>();
    for (Claim claim : claims) {
      if (!live.isUnclear(claim.subject())) {
        fault(claim)
            .ifPresent(fault -> found.add(new FalseClaim(claim, fault.found(), fault.next())));
      }
    }
    return List.copyOf(found);
  }

  private Optional<Fault> fault(Claim claim) {
    return switch (claim) {
      case Claim.Exists exists -> exists(exists.subject());
      case Claim.ColumnExists column -> column(column);
      case Claim.IndexExists index -> index(index);
      case Claim.ConstraintExists constraint -> constraint(constraint);
      case Claim.TriggerExists trigger -> trigger(trigger);
      case Claim.FunctionExists function -> function(function);
      case Claim.EnumHas labels -> labels(labels);
      case Claim.PolicyExists policy -> policy(policy);
      case Claim.RowSecurity security -> rowSecurity(security);
      case Claim.CommentIs comment -> comment(comment);
      case Claim.Absent absent -> absent(absent.subject());
      case Claim.SqliteObject object -> throw foreign(object);
      case Claim.SqliteColumn column -> throw foreign(column);
    };
  }

  private static IllegalArgumentException foreign(Claim claim) {
    return new IllegalArgumentException("a claim about SQLite: " + claim.subject());
  }

  // --- existence ------------------------------------------------------------------------------

  private Optional<Fault> exists(Subject subject) {
    return switch (subject.kind()) {
      case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
          live.relation(subject.name())
              .map(relation -> ofKind(subject.kind(), relation))
              .orElse(Optional.of(MISSING));
      case FUNCTION, PROCEDURE, AGGREGATE -> missing(routine(subject));
      case TYPE, DOMAIN -> missing(type(subject));
      case SCHEMA -> missing(named(live.schemas(), subject));
      case EXTENSION -> missing(named(live.extensions(), subject));
      case COLUMN, CONSTRAINT, TRIGGER, POLICY -> throw new IllegalStateException("" + subject);
    };
  }

  private static Optional<Fault> missing(Optional<?> found) {
    return found.isPresent() ? Optional.empty() : Optional.of(MISSING);
  }

  private static Optional<Fault> ofKind(Kind kind, Relation relation) {
    return isOf(kind, relation)
        ? Optional.empty()
        : Optional.of(other("is a " + kindName(relation.kind())));
  }

  private static boolean isOf(Kind kind, Relation relation) {
    String letters =
        switch (kind) {
          case TABLE -> "rp";
          case VIEW -> "v";
          case MATERIALIZED_VIEW -> "m";
          case FOREIGN_TABLE -> "f";
          case SEQUENCE -> "S";
          case INDEX -> "iI";
          case RELATION -> "rpvmfSiI";
          case COLUMN, CONSTRAINT, TRIGGER, POLICY, FUNCTION, PROCEDURE, AGGREGATE -> "";
          case TYPE, DOMAIN, SCHEMA, EXTENSION -> "";
        };
    return letters.contains(relation.kind());
  }

  private static String kindName(String letter) {
    return switch (letter) {
      case "r", "p" -> "table";
      case "v" -> "view";
      case "m" -> "materialized view";
      case "f" -> "foreign table";
      case "S" -> "sequence";
      case "i", "I" -> "index";
      case "c" -> "composite type";
      default -> "relation of kind " + letter;
    };
  }

  private static Optional<Named> named(List<Named> all, Subject subject) {
    return all.stream().filter(n -> n.name().equals(subject.name().name())).findFirst();
  }

  private Optional<DataType> type(Subject subject) {
    return live.find(subject.name(), types(subject), DataType::schema);
  }

  private List<DataType> types(Subject subject) {
    return live.types().getOrDefault(subject.name().name(), List.of()).stream()
        .filter(type -> type.kind().equals("d") == (subject.kind() == Kind.DOMAIN))
        .toList();
  }

  private Optional<Routine> routine(Subject subject) {
    return live.find(subject.name(), routines(subject), Routine::schema);
  }

  private List<Routine> routines(Subject subject) {
    return live.routines().getOrDefault(subject.name().name(), List.of()).stream()
        .filter(routine -> takes(routine, subject))
        .toList();
  }

  private boolean takes(Routine routine, Subject subject) {
    List<TypeShape> live =
        routine.arguments().stream().flatMap(type -> printed.type(type).stream()).toList();
    return subject.arguments().isEmpty()
        || live.size() != routine.arguments().size()
        || Likeness.each(
                subject.arguments().get(),
                live,
                Likeness.DIFFERENT,
                (a, b) -> Likeness.of(a.name().equals(b.name()) && a.array() == b.array()))
            != Likeness.DIFFERENT;
  }

  // --- columns --------------------------------------------------------------------------------

  private <T> Optional<T> member(
      Subject subject, Map<Long, List<T>> all, Function<T, String> name) {
    return table(subject).stream()
        .flatMap(table -> all.getOrDefault(table.oid(), List.of()).stream())
        .filter(member -> name.apply(member).equals(subject.name().name()))
        .findFirst();
  }

  private Optional<Relation> table(Subject subject) {
    return subject.on().flatMap(live::relation);
  }

  private Optional<Fault> column(Claim.ColumnExists claim) {
    Optional<Column> found = member(claim.subject(), live.columns(), Column::name);
    if (found.isEmpty()) {
      return Optional.of(MISSING);
    }
    Column column = found.get();
    return type(claim, column)
        .or(() -> nullability(claim, column))
        .or(() -> generation(claim, column))
        .or(() -> fill(claim, column));
  }

  private Optional<Fault> type(Claim.ColumnExists claim, Column column) {
    Optional<TypeShape> live = printed.type(column.type());
    boolean other =
        claim.type().isPresent()
            && live.isPresent()
            && claim.type().get().likeness(live.get()) == Likeness.DIFFERENT;
    return other
        ? Optional.of(
            new Fault(
                "is " + column.type() + ", stated " + claim.type().get(),
                "Alter the column's type, or the statement."))
        : Optional.empty();
  }

  private static Optional<Fault> nullability(Claim.ColumnExists claim, Column column) {
    if (claim.notNull().isEmpty() || claim.notNull().get() == column.notNull()) {
      return Optional.empty();
    }
    return Optional.of(
        column.notNull()
            ? new Fault("is NOT NULL", "Run ALTER TABLE … ALTER COLUMN … DROP NOT NULL.")
            : new Fault(
                "may be NULL",
                "Fill the rows, then run ALTER TABLE … ALTER COLUMN … SET NOT NULL."));
  }

  private static Optional<Fault> generation(Claim.ColumnExists claim, Column column) {
    return claim.generated().isEmpty() || claim.generated().get().equals(column.generated())
        ? Optional.empty()
        : Optional.of(other("is " + generationName(column.generated())));
  }

  private static String generationName(String letter) {
    return switch (letter) {
      case "a" -> "GENERATED ALWAYS AS IDENTITY";
      case "d" -> "GENERATED BY DEFAULT AS IDENTITY";
      case "s" -> "a stored generated column";
      case "v" -> "a virtual generated column";
      default -> "not generated";
    };
  }

  private Optional<Fault> fill(Claim.ColumnExists claim, Column column) {
    if (claim.fill().isEmpty()) {
      return Optional.empty();
    }
    String next = "Run ALTER TABLE … ALTER COLUMN … SET DEFAULT or DROP DEFAULT.";
    boolean none = claim.fill().get().equals(Node.Fields.NONE);
    if (column.fill().isEmpty()) {
      return none ? Optional.empty() : Optional.of(new Fault("has no default", next));
    }
    String live = column.fill().get();
    Node expression = printed.expression(live);
    boolean other =
        none
            ? !Expressions.isNull(expression)
            : Expressions.likeness(claim.fill().get(), expression) == Likeness.DIFFERENT;
    return other ? Optional.of(new Fault("has the default " + live, next)) : Optional.empty();
  }

  // --- indexes, constraints, triggers, policies -----------------------------------------------

  private Optional<Fault> index(Claim.IndexExists claim) {
    Subject subject = claim.subject();
    Optional<Relation> table = table(subject);
    if (table.isEmpty()) {
      return Optional.of(MISSING);
    }
    List<Index> indexes = live.indexes().getOrDefault(table.get().oid(), List.of());
    if (!subject.isNamed()) {
      return indexes.stream().anyMatch(i -> makes(claim, i) && (i.valid() || !claim.valid()))
          ? Optional.empty()
          : Optional.of(MISSING);
    }
    return indexes.stream()
        .filter(index -> index.name().equals(subject.name().name()))
        .findFirst()
        .map(index -> judge(claim, index))
        .orElseGet(() -> elsewhere(subject, table.get()));
  }

  private boolean makes(Claim.IndexExists claim, Index index) {
    return claim.detail().equals(Node.Fields.NONE)
        || Shapes.index(claim.detail(), printed.statement(index.definition()))
            != Likeness.DIFFERENT;
  }

  private Optional<Fault> judge(Claim.IndexExists claim, Index index) {
    if (!makes(claim, index)) {
      return Optional.of(other("is there, but as " + index.definition()));
    }
    return claim.valid() && !index.valid()
        ? Optional.of(
            new Fault(
                "is invalid: a concurrent build failed",
                "Run DROP INDEX CONCURRENTLY, remove what made it fail, and build it again."))
        : Optional.empty();
  }

  private Optional<Fault> elsewhere(Subject subject, Relation table) {
    return live.relations().getOrDefault(subject.name().name(), List.of()).stream()
        .filter(relation -> relation.schema().equals(table.schema()))
        .findFirst()
        .map(this::placed)
        .or(() -> Optional.of(MISSING));
  }

  private Fault placed(Relation relation) {
    return live.indexes().values().stream()
        .flatMap(List::stream)
        .filter(index -> index.oid() == relation.oid())
        .findFirst()
        .map(index -> other("is there, but on " + index.tableName()))
        .orElseGet(() -> other("is a " + kindName(relation.kind())));
  }

  private Optional<Fault> constraint(Claim.ConstraintExists claim) {
    List<Constraint> all =
        table(claim.subject())
            .map(table -> live.constraints().getOrDefault(table.oid(), List.of()))
            .orElse(List.of());
    String name = claim.subject().name().name();
    Optional<Constraint> named = all.stream().filter(c -> c.name().equals(name)).findFirst();
    if (named.isPresent() && !fits(claim, named.get())) {
      return Optional.of(other("is there, but as " + named.get().definition()));
    }
    List<Constraint> fitting =
        named.map(List::of).orElseGet(() -> all.stream().filter(c -> fits(claim, c)).toList());
    if (fitting.isEmpty() || (named.isEmpty() && !maybeUnderOtherName(claim))) {
      return Optional.of(MISSING);
    }
    boolean valid = fitting.stream().anyMatch(Constraint::validated);
    return claim.validated() && !valid
        ? Optional.of(
            new Fault(
                "is not validated",
                "Run ALTER TABLE … VALIDATE CONSTRAINT " + fitting.getFirst().name() + "."))
        : Optional.empty();
  }

  /** PostgreSQL keeps only one of several equal keys that a CREATE TABLE names. */
  private static boolean maybeUnderOtherName(Claim.ConstraintExists claim) {
    boolean key = claim.type().equals("CONSTR_UNIQUE") || claim.type().equals("CONSTR_PRIMARY");
    return !claim.subject().isNamed() || (key && !claim.detail().equals(Node.Fields.NONE));
  }

  private boolean fits(Claim.ConstraintExists claim, Constraint constraint) {
    String letters =
        switch (claim.type()) {
          case "CONSTR_CHECK" -> "c";
          case "CONSTR_FOREIGN" -> "f";
          case "CONSTR_UNIQUE" -> "up";
          case "CONSTR_PRIMARY" -> "p";
          case "CONSTR_EXCLUSION" -> "x";
          default -> constraint.type();
        };
    return letters.contains(constraint.type())
        && (claim.detail().equals(Node.Fields.NONE)
            || Shapes.constraint(claim.detail(), printed.constraint(constraint.definition()))
                != Likeness.DIFFERENT);
  }

  private Optional<Fault> trigger(Claim.TriggerExists claim) {
    Optional<Trigger> found = member(claim.subject(), live.triggers(), Trigger::name);
    if (found.isEmpty()) {
      return Optional.of(MISSING);
    }
    Trigger trigger = found.get();
    boolean other =
        !claim.detail().equals(Node.Fields.NONE)
            && Shapes.trigger(claim.detail(), printed.statement(trigger.definition()))
                == Likeness.DIFFERENT;
    return other
        ? Optional.of(other("is there, but as " + trigger.definition()))
        : claim.firing().flatMap(stated -> firing(stated, trigger));
  }

  private static Optional<Fault> firing(String stated, Trigger trigger) {
    String live = trigger.firing();
    boolean enough = stated.equals("O") && !live.equals("D");
    if (enough || stated.equals(live)) {
      return Optional.empty();
    }
    return Optional.of(
        live.equals("D")
            ? new Fault(
                "is disabled (" + stated + " → D)",
                "Run ALTER TABLE … ENABLE TRIGGER " + trigger.name() + ".")
            : new Fault(
                "fires otherwise (" + stated + " → " + live + ")",
                "Run the ALTER TABLE statement again."));
  }

  private Optional<Fault> policy(Claim.PolicyExists claim) {
    Optional<Policy> found = member(claim.subject(), live.policies(), Policy::name);
    if (found.isEmpty()) {
      return Optional.of(MISSING);
    }
    Node written = claim.detail();
    if (written.equals(Node.Fields.NONE)) {
      return Optional.empty();
    }
    Policy policy = found.get();
    Likeness likeness =
        Likeness.of(command(written.text("cmd_name")).equals(policy.command()))
            .and(Likeness.of(written.is("permissive") == policy.permissive()))
            .and(Shapes.condition(written.at("qual"), policy.using().map(printed::expression)))
            .and(
                Shapes.condition(
                    written.at("with_check"), policy.check().map(printed::expression)));
    return likeness == Likeness.DIFFERENT
        ? Optional.of(other("is there, but not as written"))
        : Optional.empty();
  }

  private static String command(String name) {
    return switch (name) {
      case "select" -> "r";
      case "insert" -> "a";
      case "update" -> "w";
      case "delete" -> "d";
      default -> "*";
    };
  }

  private Optional<Fault> rowSecurity(Claim.RowSecurity claim) {
    Optional<Relation> table = live.relation(claim.subject().name());
    if (table.isEmpty()) {
      return Optional.of(MISSING);
    }
    boolean enabled = table.get().rowSecurity();
    boolean forced = table.get().forced();
    if (claim.enabled().filter(stated -> stated != enabled).isPresent()) {
      return Optional.of(
          new Fault(
              "has row-level security " + (enabled ? "enabled" : "disabled"),
              "Run the ALTER TABLE statement again."));
    }
    return claim.forced().filter(stated -> stated != forced).isPresent()
        ? Optional.of(
            new Fault(
                "has row-level security " + (forced ? "forced" : "not forced"),
                "Run the ALTER TABLE statement again."))
        : Optional.empty();
  }

  // --- functions, types, comments -------------------------------------------------------------

  private Optional<Fault> function(Claim.FunctionExists claim) {
    Optional<Routine> found = routine(claim.subject());
    if (found.isEmpty()) {
      return Optional.of(MISSING);
    }
    return claim.detail().equals(Node.Fields.NONE)
        ? Optional.empty()
        : difference(FunctionBody.of(claim.detail()), found.get())
            .map(what -> new Fault(what, "Run its CREATE OR REPLACE statement again."));
  }

  private Optional<String> difference(FunctionBody written, Routine live) {
    if (written.hasText() && !written.language().equals(live.language())) {
      return Optional.of("is in language " + live.language());
    }
    if (written.standard() != live.standardBody()
        || (written.hasText() && !written.text().equals(live.source()))) {
      return Optional.of("has another body");
    }
    if (written.isSecurityDefiner() != live.securityDefiner()) {
      return Optional.of("is SECURITY " + (live.securityDefiner() ? "DEFINER" : "INVOKER"));
    }
    if (written.isStrict() != live.strict()) {
      return Optional.of(live.strict() ? "is STRICT" : "is not STRICT");
    }
    if (!written.volatility().equals(live.volatility())) {
      return Optional.of("is of volatility " + live.volatility());
    }
    Optional<TypeShape> result = live.result().flatMap(printed::type);
    boolean other =
        written.result().isPresent()
            && result.isPresent()
            && !written.result().get().name().equals(result.get().name());
    return other ? Optional.of("returns " + result.get()) : Optional.empty();
  }

  private Optional<Fault> labels(Claim.EnumHas claim) {
    Optional<DataType> found = type(claim.subject());
    if (found.isEmpty()) {
      return Optional.of(MISSING);
    }
    List<String> live = new ArrayList<>(found.get().labels());
    live.retainAll(claim.labels());
    return live.equals(claim.labels())
        ? Optional.empty()
        : Optional.of(
            new Fault(
                "has the values " + String.join(", ", found.get().labels()),
                "Run ALTER TYPE … ADD VALUE for what is missing."));
  }

  private Optional<Fault> comment(Claim.CommentIs claim) {
    Optional<Remark> live = commentOn(claim.subject());
    if (live.isEmpty()) {
      return Optional.of(MISSING);
    }
    return live.get().text().equals(claim.comment())
        ? Optional.empty()
        : Optional.of(
            new Fault(
                live.get()
                    .text()
                    .map(text -> "has the comment '" + text + "'")
                    .orElse("has no comment"),
                "Run the COMMENT statement again."));
  }

  /** The comment of an object, if it has one. */
  private record Remark(Optional<String> text) {}

  /** Empty where the object is not there. */
  private Optional<Remark> commentOn(Subject subject) {
    return switch (subject.kind()) {
      case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
          live.relation(subject.name()).map(o -> new Remark(o.comment()));
      case COLUMN ->
          member(subject, live.columns(), Column::name).map(o -> new Remark(o.comment()));
      case CONSTRAINT ->
          member(subject, live.constraints(), Constraint::name).map(o -> new Remark(o.comment()));
      case TRIGGER ->
          member(subject, live.triggers(), Trigger::name).map(o -> new Remark(o.comment()));
      case POLICY ->
          member(subject, live.policies(), Policy::name).map(o -> new Remark(o.comment()));
      case FUNCTION, PROCEDURE, AGGREGATE -> routine(subject).map(o -> new Remark(o.comment()));
      case TYPE, DOMAIN ->
          live.find(
                  subject.name(),
                  live.types().getOrDefault(subject.name().name(), List.of()),
                  DataType::schema)
              .map(o -> new Remark(o.comment()));
      case SCHEMA -> named(live.schemas(), subject).map(o -> new Remark(o.comment()));
      case EXTENSION -> named(live.extensions(), subject).map(o -> new Remark(o.comment()));
    };
  }

  // --- absence --------------------------------------------------------------------------------

  private Optional<Fault> absent(Subject subject) {
    boolean there =
        switch (subject.kind()) {
          case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
              live.findFirst(subject.name(), relations(subject), Relation::schema).isPresent();
          case COLUMN -> member(subject, live.columns(), Column::name).isPresent();
          case CONSTRAINT -> member(subject, live.constraints(), Constraint::name).isPresent();
          case TRIGGER -> member(subject, live.triggers(), Trigger::name).isPresent();
          case POLICY -> member(subject, live.policies(), Policy::name).isPresent();
          case FUNCTION, PROCEDURE, AGGREGATE ->
              live.findFirst(subject.name(), routines(subject), Routine::schema).isPresent();
          case TYPE, DOMAIN ->
              live.findFirst(subject.name(), types(subject), DataType::schema).isPresent();
          case SCHEMA -> named(live.schemas(), subject).isPresent();
          case EXTENSION -> named(live.extensions(), subject).isPresent();
        };
    return there
        ? Optional.of(new Fault("is still there", "Run the statement again that removes it."))
        : Optional.empty();
  }

  private List<Relation> relations(Subject subject) {
    return live.relations().getOrDefault(subject.name().name(), List.of()).stream()
        .filter(relation -> isOf(subject.kind(), relation))
        .toList();
  }
}
