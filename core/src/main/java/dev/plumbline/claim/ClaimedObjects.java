package dev.plumbline.claim;

import dev.plumbline.claim.ClaimList.Member;
import dev.plumbline.claim.ObjectName.Match;
import dev.plumbline.parser.Node;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which claims are about an object of a catalogue. One that may or may not mean the object counts
 * as meaning it. For one thread.
 */
public final class ClaimedObjects {
  private final Map<Member, List<Claim>> named = new HashMap<>();
  private final Map<String, List<Claim>> unnamedByTable = new HashMap<>();
  private final PostgresParser parser;
  private final Printed printed;

  /**
   * @param claims in the order in which they were made
   */
  public ClaimedObjects(List<Claim> claims, PostgresParser parser) {
    this.parser = parser;
    this.printed = new Printed(parser);
    for (Claim claim : claims) {
      Subject subject = claim.subject();
      if (subject.isNamed()) {
        note(named, Member.of(subject), claim);
      } else {
        note(unnamedByTable, subject.on().map(ObjectName::name).orElse(""), claim);
      }
    }
  }

  private static <K> void note(Map<K, List<Claim>> index, K key, Claim claim) {
    index.computeIfAbsent(key, k -> new ArrayList<>()).add(claim);
  }

  /**
   * An object as a catalogue describes it.
   *
   * @param schema empty in SQLite, and for schemas and extensions
   * @param name of a function with the types of its arguments
   * @param definition as the database prints it
   */
  public record Described(
      Kind kind, String schema, Optional<String> table, String name, String definition) {
    private Optional<Described> owner() {
      return table.map(of -> new Described(Kind.RELATION, schema, Optional.empty(), of, ""));
    }
  }

  /** The latest claim about the object. */
  public Optional<Claim> latest(Described object) {
    Subject subject = subject(object);
    return latest(Member.of(subject), subject)
        .or(() -> latest(new Member("", subject.name().name()), subject))
        .or(() -> unnamed(object, subject));
  }

  private Optional<Claim> latest(Member member, Subject subject) {
    return named.getOrDefault(member, List.of()).reversed().stream()
        .filter(claim -> claim.subject().match(subject) != Match.NO)
        .findFirst();
  }

  /** Whether a claim is about the object, or it has come with an object that is claimed. */
  public boolean covers(Described object) {
    return latest(object).isPresent()
        || object.owner().flatMap(this::latest).filter(c -> brings(c, object)).isPresent();
  }

  // --- what it is called ----------------------------------------------------------------------

  private Subject subject(Described object) {
    String bare =
        object.kind().isRoutine()
            ? object.name().substring(0, object.name().lastIndexOf('('))
            : object.name();
    Optional<ObjectName> table = object.table().map(of -> qualified(object, of));
    boolean own = table.isEmpty() || object.kind() == Kind.INDEX;
    ObjectName name = own ? qualified(object, bare) : ObjectName.plain(folded(object, bare));
    return new Subject(object.kind(), table, name, arguments(object));
  }

  private static ObjectName qualified(Described object, String name) {
    Optional<String> schema = Optional.of(object.schema()).filter(s -> !s.isEmpty());
    return new ObjectName(schema, folded(object, name), List.of());
  }

  /** SQLite's names are claimed in small letters. */
  private static String folded(Described object, String name) {
    boolean global = object.kind() == Kind.SCHEMA || object.kind() == Kind.EXTENSION;
    return object.schema().isEmpty() && !global ? name.toLowerCase(Locale.ROOT) : name;
  }

  private Optional<List<TypeShape>> arguments(Described object) {
    if (!object.kind().isRoutine()) {
      return Optional.empty();
    }
    String types = object.name().substring(object.name().lastIndexOf('(') + 1);
    List<String> each =
        Arrays.stream(types.substring(0, types.length() - 1).split(", "))
            .filter(type -> !type.isEmpty())
            .toList();
    List<TypeShape> shapes = each.stream().flatMap(t -> printed.type(t).stream()).toList();
    return shapes.size() == each.size() ? Optional.of(shapes) : Optional.empty();
  }

  // --- what has no name in its statement ------------------------------------------------------

  private Optional<Claim> unnamed(Described object, Subject subject) {
    return subject.on().stream()
        .flatMap(
            table ->
                unnamedByTable.getOrDefault(table.name(), List.of()).stream()
                    .filter(c -> c.subject().on().orElseThrow().match(table) != Match.NO))
        .filter(claim -> mayHaveMade(claim, object))
        .reduce((earlier, later) -> later);
  }

  private boolean mayHaveMade(Claim claim, Described object) {
    return switch (object.kind()) {
      case INDEX ->
          claim instanceof Claim.IndexExists index
              && isLike(index, printed.statement(object.definition()));
      case CONSTRAINT ->
          claim instanceof Claim.ConstraintExists constraint
              && isLike(constraint, printed.constraint(object.definition()));
      case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, COLUMN, TRIGGER ->
          false;
      case POLICY, FUNCTION, PROCEDURE, AGGREGATE, TYPE, DOMAIN, SCHEMA, EXTENSION -> false;
    };
  }

  private static boolean isLike(Claim.IndexExists claim, Node live) {
    return claim.detail().equals(Node.Fields.NONE)
        || Shapes.index(claim.detail(), live) != Likeness.DIFFERENT;
  }

  private static boolean isLike(Claim.ConstraintExists claim, Node live) {
    return claim.type().equals(live.text("contype"))
        && (claim.detail().equals(Node.Fields.NONE)
            || Shapes.constraint(claim.detail(), live) != Likeness.DIFFERENT);
  }

  // --- what comes with a table ----------------------------------------------------------------

  /**
   * Whether a part came with its table: that has parts which its statement does not write. It is
   * made of a query, like another, as its child or its partition, or was there before and only has
   * a new name.
   */
  private boolean brings(Claim table, Described part) {
    return table instanceof Claim.SqliteObject object
        ? brings(object, part)
        : bringsMore(table.origin().statement());
  }

  private static boolean brings(Claim.SqliteObject table, Described part) {
    String statement = table.origin().statement();
    List<String> made = SqliteWords.body(statement);
    return !SqliteWords.of(statement).next().equals("create")
        || (!made.isEmpty() && made.getFirst().equals("as"))
        || (part.kind() == Kind.COLUMN
            && SqliteWords.columns(table.body()).contains(part.name().toLowerCase(Locale.ROOT)));
  }

  private boolean bringsMore(String statement) {
    List<Statement> made = parser.parse(statement).statements();
    if (made.size() != 1 || !made.getFirst().kind().equals("CreateStmt")) {
      return true;
    }
    Node tree = made.getFirst().tree();
    return tree.has("inhRelations")
        || tree.has("ofTypename")
        || tree.at("tableElts").items().stream().anyMatch(part -> part.has("TableLikeClause"));
  }
}
