package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.parser.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Folds PostgreSQL's statements, in the order in which they were run, into the claims that must
 * hold after the last. A later statement cancels or alters what an earlier one claimed.
 *
 * <p>Only what must hold is claimed. Not claimed is what stands under a condition (in a {@code DO}:
 * in an {@code IF}, a loop, an exception's handler, after a conditional {@code RETURN}, or beside a
 * handler that expects another failure than "is there already"); that it may have run cancels
 * claims all the same. Temporary objects are not claimed. Where statements cannot be read ({@code
 * EXECUTE} of text put together that alters or drops, calls of functions that do) all claims before
 * are given up.
 *
 * <p>Not thread-safe.
 */
public final class PostgresClaims {
  private static final Pattern CHANGES_OBJECTS =
      Pattern.compile("(?is)\\b(alter|drop|execute|replace|comment)\\b");

  /** What {@code IF EXISTS} may make into nothing; of a {@code DROP} the outcome is the same. */
  private static final Set<String> CHANGES =
      Set.of("AlterTableStmt", "RenameStmt", "AlterObjectSchemaStmt", "AlterSeqStmt");

  private final Standing standing = new Standing();
  private final Names names = new Names();
  private final TableClaims tables = new TableClaims(standing, names);
  private final Renames renames = new Renames(standing, names, tables);
  private final List<String> usualPath;
  private final DoBody bodies;
  private final Set<String> changing = new HashSet<>();
  private ClaimList.Moment atBegin = standing.now();

  public PostgresClaims(PostgresParser parser) {
    this(parser, List.of());
  }

  /**
   * @param usualPath the schemas that each text begins to search for a name without one; empty: as
   *     the session that the claims are compared in
   */
  public PostgresClaims(PostgresParser parser, List<String> usualPath) {
    this.usualPath = List.copyOf(usualPath);
    this.bodies = new DoBody(parser, this);
  }

  /**
   * Folds the statements of one text, all of which were run.
   *
   * @param source what claims call the text; may be empty
   */
  public void add(String source, List<Statement> statements) {
    add(source, statements, statement -> false);
  }

  /**
   * The same where some of the statements may have been others: what such a one touches is claimed
   * no more, and nothing that it makes.
   */
  public void add(String source, List<Statement> statements, Predicate<Statement> uncertain) {
    names.setPath(usualPath);
    atBegin = standing.now();
    for (Statement statement : statements) {
      ClaimList.Moment before = standing.now();
      fold(source, statement);
      if (uncertain.test(statement)) {
        standing.keepOnly(before);
      }
    }
    names.endTransaction();
  }

  /**
   * Folds the statements of one text of which any may have run, and any not: what they touch is
   * claimed no more, and nothing that they make.
   */
  public void addPerhaps(String source, List<Statement> statements) {
    names.setPath(usualPath);
    atBegin = standing.now();
    perhaps(statements, new Origin(source, 0, ""));
    names.endTransaction();
  }

  /** The claims that must hold now, in the order in which they were made. */
  public List<Claim> standing() {
    return standing.copy();
  }

  private void fold(String source, Statement statement) {
    Origin origin = new Origin(source, statement.start(), statement.text());
    if (statement.kind().equals("DoStmt")) {
      bodies.fold(statement, origin);
    } else {
      fold(statement.kind(), statement.tree(), origin);
    }
  }

  /** Folds statements that are certain to run. */
  void surely(List<Statement> statements, Origin at) {
    statements.forEach(
        s -> fold(s.kind(), s.tree(), new Origin(at.source(), at.start(), s.text())));
  }

  /** Folds statements that may run: what they touch is given up, and what they make not claimed. */
  void perhaps(List<Statement> statements, Origin at) {
    ClaimList.Moment before = standing.now();
    surely(statements, at);
    standing.keepOnly(before);
  }

  /** Something that cannot be read may have changed any object. */
  void forgetAll() {
    standing.all().forget(claim -> true);
  }

  private void fold(String kind, Node tree, Origin origin) {
    if (tree.is("missing_ok") && CHANGES.contains(kind) && !isKnown(tree)) {
      ClaimList.Moment before = standing.now();
      change(kind, tree, origin);
      standing.keepOnly(before); // what is not there was passed over without a word
    } else {
      change(kind, tree, origin);
    }
  }

  private boolean isKnown(Node tree) {
    return tree.has("relation")
        && standing.isClaimed(Subject.of(Kind.RELATION, names.relation(tree.at("relation"))));
  }

  private void change(String kind, Node tree, Origin origin) {
    switch (kind) {
      case "CreateStmt" -> tables.create(tree, Kind.TABLE, origin);
      case "CreateForeignTableStmt" -> tables.create(tree.at("base"), Kind.FOREIGN_TABLE, origin);
      case "AlterTableStmt" -> tables.alter(tree, origin);
      case "IndexStmt" -> tables.index(tree, origin);
      case "CreateTrigStmt" -> tables.trigger(tree, origin);
      case "CreatePolicyStmt" -> tables.policy(tree, origin);
      case "AlterPolicyStmt" -> tables.alterPolicy(tree, origin);
      case "ViewStmt" -> view(tree.at("view"), Kind.VIEW, tree, origin);
      case "CreateTableAsStmt" -> tableAs(tree, origin);
      case "SelectStmt" -> select(tree, origin);
      case "CallStmt", "InsertStmt", "UpdateStmt" -> calls(tree);
      case "CreateSeqStmt" -> sequence(tree, origin);
      case "AlterSeqStmt" -> alterSequence(tree);
      case "CreateFunctionStmt" -> function(tree, origin);
      case "AlterFunctionStmt" -> alterFunction(tree);
      case "CreateEnumStmt" -> enumType(tree, origin);
      case "AlterEnumStmt" -> alterEnum(tree, origin);
      case "CompositeTypeStmt" -> type(Kind.TYPE, names.relation(tree.at("typevar")), origin);
      case "CreateRangeStmt" -> type(Kind.TYPE, qualified(tree.at("typeName")), origin);
      case "CreateDomainStmt" -> type(Kind.DOMAIN, qualified(tree.at("domainname")), origin);
      case "DefineStmt" -> define(tree, origin);
      case "CreateSchemaStmt" -> schema(tree, origin);
      case "CreateExtensionStmt" -> named(Kind.EXTENSION, tree.text("extname"), origin);
      case "CommentStmt" -> comment(tree, origin);
      case "DropStmt" -> drop(tree, origin);
      case "DropOwnedStmt" -> forgetAll();
      case "ImportForeignSchemaStmt" -> standing.absent().forget(claim -> true);
      case "RenameStmt" -> renames.rename(tree, origin);
      case "AlterObjectSchemaStmt" -> renames.move(tree, origin);
      case "VariableSetStmt" -> set(tree);
      case "DiscardStmt" -> names.setPath(usualPath);
      case "TransactionStmt" -> transaction(tree.text("kind"));
      default -> {} // makes nothing that is claimed: GRANT, DELETE, REFRESH, VACUUM, …
    }
  }

  private ObjectName qualified(Node strings) {
    return names.qualified(Trees.strings(strings));
  }

  // --- views, tables made of queries ----------------------------------------------------------

  private void view(Node relation, Kind kind, Node statement, Origin origin) {
    if (names.isTemporary(relation) || names.mentionsTemporary(statement.at("query"))) {
      names.isTemporary(Trees.with(relation, "relpersistence", new Node.Leaf("t")));
      return;
    }
    ObjectName name = names.relation(relation);
    standing.claim(new Claim.Exists(Subject.of(kind, name), statement.at("query"), origin));
    for (String column : columnNames(statement)) {
      standing.claim(tables.columnThere(name, column, origin));
    }
  }

  /** The columns whose names are written; what an expression or a {@code *} is called is not. */
  private static List<String> columnNames(Node view) {
    List<String> aliases = Trees.strings(view.at("aliases"));
    List<String> found = new ArrayList<>(aliases);
    List<Node> targets = view.at("query").at("SelectStmt").at("targetList").items();
    for (Node target : targets.subList(Math.min(aliases.size(), targets.size()), targets.size())) {
      Node result = target.at("ResTarget");
      List<Node> column = result.at("val").at("ColumnRef").at("fields").items();
      if (aliases.isEmpty() && !result.text("name").isEmpty()) {
        found.add(result.text("name"));
      } else if (aliases.isEmpty() && !column.isEmpty() && column.getLast().has("String")) {
        found.add(Trees.string(column.getLast()));
      }
    }
    return found;
  }

  private void tableAs(Node tree, Origin origin) {
    Node relation = tree.at("into").at("rel");
    if (tree.text("objtype").equals("OBJECT_MATVIEW")) {
      Node aliases = tree.at("into").at("colNames");
      view(relation, Kind.MATERIALIZED_VIEW, Trees.with(tree, "aliases", aliases), origin);
    } else {
      madeOfQuery(relation, origin);
    }
    calls(tree);
  }

  private void madeOfQuery(Node relation, Origin origin) {
    if (!names.isTemporary(relation)) {
      standing.claim(
          new Claim.Exists(
              Subject.of(Kind.TABLE, names.relation(relation)), Node.Fields.NONE, origin));
    }
  }

  private void select(Node tree, Origin origin) {
    if (tree.has("intoClause")) {
      madeOfQuery(tree.at("intoClause").at("rel"), origin);
    }
    tree.all("FuncCall")
        .filter(call -> Trees.strings(call.at("funcname")).getLast().equals("set_config"))
        .forEach(this::setConfig);
    calls(tree);
  }

  /** A call of a function, made here, that changes objects itself. */
  void calls(Node tree) {
    boolean changes =
        tree.having("funcname")
            .map(call -> Trees.strings(call.at("funcname")))
            .anyMatch(called -> !called.isEmpty() && changing.contains(called.getLast()));
    if (changes) {
      forgetAll();
    }
  }

  // --- sequences, functions, types ------------------------------------------------------------

  /** A sequence that is owned goes with its column; it is not claimed. */
  private static boolean isOwned(Node tree) {
    return tree.at("options").items().stream()
        .anyMatch(option -> option.at("DefElem").text("defname").equals("owned_by"));
  }

  private void sequence(Node tree, Origin origin) {
    Node relation = tree.at("sequence");
    Subject subject = Subject.of(Kind.SEQUENCE, names.relation(relation));
    if (isOwned(tree)) {
      standing.forget(subject);
    } else if (!names.isTemporary(relation)) {
      standing.claim(new Claim.Exists(subject, Node.Fields.NONE, origin));
    }
  }

  private void alterSequence(Node tree) {
    if (isOwned(tree)) {
      standing.forget(Subject.of(Kind.SEQUENCE, names.relation(tree.at("sequence"))));
    }
  }

  private void function(Node tree, Origin origin) {
    ObjectName name = qualified(tree.at("funcname"));
    if (CHANGES_OBJECTS.matcher(FunctionBody.of(tree).text()).find()) {
      changing.add(name.name());
    }
    if (names.isTemporary(name)) {
      return;
    }
    Kind kind = tree.is("is_procedure") ? Kind.PROCEDURE : Kind.FUNCTION;
    Subject subject =
        new Subject(kind, Optional.empty(), name, Names.arguments(tree.at("parameters")));
    standing.claim(new Claim.FunctionExists(subject, tree, origin));
  }

  private void alterFunction(Node tree) {
    Subject subject = names.routine(Kind.FUNCTION, tree.at("func"));
    standing
        .about(subject)
        .change(
            claim ->
                switch (claim.subject().match(subject)) {
                  case NO -> claim;
                  case SURE -> claim.withDetail(FunctionBody.altered(claim.detail(), tree));
                  case MAYBE -> claim.withDetail(Node.Fields.NONE);
                });
  }

  private void enumType(Node tree, Origin origin) {
    Subject subject = Subject.of(Kind.TYPE, qualified(tree.at("typeName")));
    standing.claim(new Claim.EnumHas(subject, Trees.strings(tree.at("vals")), origin));
  }

  private void alterEnum(Node tree, Origin origin) {
    Subject subject = Subject.of(Kind.TYPE, qualified(tree.at("typeName")));
    String from = tree.text("oldVal");
    String label = tree.text("newVal");
    if (!from.isEmpty()) {
      renames.renameLabel(subject, from, label);
    }
    standing.add(new Claim.EnumHas(subject, order(tree, label), origin));
  }

  /** The label, beside its neighbour where its place is certain. */
  private static List<String> order(Node tree, String label) {
    String neighbour = tree.text("newValNeighbor");
    if (neighbour.isEmpty() || tree.is("skipIfNewValExists")) {
      return List.of(label);
    }
    return tree.is("newValIsAfter") ? List.of(neighbour, label) : List.of(label, neighbour);
  }

  private void type(Kind kind, ObjectName name, Origin origin) {
    standing.claim(new Claim.Exists(Subject.of(kind, name), Node.Fields.NONE, origin));
  }

  private void define(Node tree, Origin origin) {
    switch (tree.text("kind")) {
      case "OBJECT_AGGREGATE" -> type(Kind.AGGREGATE, qualified(tree.at("defnames")), origin);
      case "OBJECT_TYPE" -> type(Kind.TYPE, qualified(tree.at("defnames")), origin);
      default -> {} // operators, text search, collations: nothing is claimed
    }
  }

  private void named(Kind kind, String name, Origin origin) {
    standing.claim(
        new Claim.Exists(Subject.of(kind, ObjectName.plain(name)), Node.Fields.NONE, origin));
  }

  private void schema(Node tree, Origin origin) {
    String schema = tree.text("schemaname");
    if (schema.isEmpty()) {
      return; // called after a role, whose name may be CURRENT_USER
    }
    named(Kind.SCHEMA, schema, origin);
    List<String> path = names.path();
    names.setPath(List.of(schema));
    for (Node element : tree.at("schemaElts").items()) {
      element.only().ifPresent(e -> fold(e.getKey(), e.getValue(), origin));
    }
    names.setPath(path);
  }

  // --- comments, drops ------------------------------------------------------------------------

  private void comment(Node tree, Origin origin) {
    Optional<String> text = Optional.of(tree.text("comment")).filter(t -> !t.isEmpty());
    Kind.of(tree.text("objtype"))
        .map(kind -> subject(kind, tree.at("object")))
        .filter(subject -> !isTemporary(subject))
        .ifPresent(subject -> standing.claim(new Claim.CommentIs(subject, text, origin)));
  }

  private boolean isTemporary(Subject subject) {
    return names.isTemporary(subject.on().orElse(subject.name()));
  }

  /** The object of a COMMENT or DROP. */
  private Subject subject(Kind kind, Node object) {
    return switch (kind) {
      case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
          Subject.of(kind, names.qualified(strings(object)));
      case COLUMN, CONSTRAINT, TRIGGER, POLICY -> {
        List<String> parts = strings(object);
        List<String> table = parts.subList(0, parts.size() - 1);
        yield Subject.on(names.qualified(table), kind, parts.getLast());
      }
      case FUNCTION, PROCEDURE, AGGREGATE -> names.routine(kind, object.at("ObjectWithArgs"));
      case TYPE, DOMAIN -> Subject.of(kind, qualified(object.at("TypeName").at("names")));
      case SCHEMA, EXTENSION -> Subject.of(kind, ObjectName.plain(Trees.string(object)));
    };
  }

  private static List<String> strings(Node list) {
    return Trees.strings(list.at("List").at("items"));
  }

  private void drop(Node tree, Origin origin) {
    boolean cascade = tree.text("behavior").equals("DROP_CASCADE");
    for (Node object : tree.at("objects").items()) {
      Kind.of(tree.text("removeType"))
          .map(kind -> subject(kind, object))
          .ifPresent(subject -> drop(subject, cascade, origin));
    }
    boolean other = Kind.of(tree.text("removeType")).isEmpty();
    if (cascade && other) {
      forgetAll();
    }
  }

  private void drop(Subject subject, boolean cascade, Origin origin) {
    if (isTemporary(subject)) {
      names.forgetTemporary(subject.name().name());
      return;
    }
    tables.forgetPartitions(subject);
    if (subject.kind() == Kind.INDEX && !standing.isClaimed(subject)) {
      standing.unnamed().forget(Claim.IndexExists.class::isInstance);
    }
    standing.drop(subject, origin);
    if (cascade) {
      cascade(subject);
    }
  }

  private void cascade(Subject subject) {
    standing.cascade(subject);
    String schema = subject.name().name();
    if (subject.kind() == Kind.EXTENSION) {
      standing.all().forget(c -> c.subject().kind() != Kind.SCHEMA && !(c instanceof Claim.Absent));
    }
    if (subject.kind() == Kind.SCHEMA) {
      standing.all().forget(c -> !(c instanceof Claim.Absent) && mayLieIn(schema, c.subject()));
    }
  }

  private static boolean mayLieIn(String schema, Subject subject) {
    if (subject.kind() == Kind.SCHEMA) {
      return false;
    }
    ObjectName name = subject.on().orElse(subject.name());
    List<String> path = name.path().isEmpty() ? List.of("public") : name.path();
    return name.schema()
        .map(schema::equals)
        .orElse(path.contains(schema) || path.equals(ObjectName.ANYWHERE));
  }

  // --- settings, transactions -----------------------------------------------------------------

  private void set(Node tree) {
    boolean all = tree.text("kind").equals("VAR_RESET_ALL");
    if (!all && !tree.text("name").equals("search_path")) {
      return;
    }
    List<String> path =
        tree.at("args").items().stream()
            .map(argument -> argument.at("A_Const").at("sval").text("sval"))
            .filter(schema -> !schema.isEmpty())
            .toList();
    boolean readable = !tree.text("kind").equals("VAR_SET_CURRENT");
    List<String> set = readable ? path : ObjectName.ANYWHERE;
    if (tree.is("is_local")) {
      names.setLocalPath(set);
    } else {
      names.setPath(set);
    }
  }

  private void setConfig(Node call) {
    List<Node> arguments = call.at("args").items();
    if (arguments.size() != 3) {
      return;
    }
    String setting = constant(arguments.getFirst());
    Node value = arguments.get(1);
    if (setting.toLowerCase(Locale.ROOT).equals("search_path")) {
      names.setPath(value.has("A_Const") ? PathText.schemas(constant(value)) : ObjectName.ANYWHERE);
    }
  }

  private static String constant(Node node) {
    return node.at("A_Const").at("sval").text("sval");
  }

  private void transaction(String kind) {
    switch (kind) {
      case "TRANS_STMT_BEGIN", "TRANS_STMT_START" -> atBegin = standing.now();
      case "TRANS_STMT_COMMIT" -> names.endTransaction();
      case "TRANS_STMT_ROLLBACK" -> {
        standing.restore(atBegin);
        names.endTransaction();
      }
      // What was made since the savepoint is gone; which claims these are is not kept.
      case "TRANS_STMT_ROLLBACK_TO" -> standing.keepOnly(atBegin);
      default -> {} // savepoints
    }
  }
}
