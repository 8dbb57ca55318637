package dev.plumbline.guard;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.DeriveGuard;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.GuardColumn;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.Position;
import dev.plumbline.error.Problem;
import dev.plumbline.guard.GuardPlan.Watch;
import dev.plumbline.invariant.Derive;
import dev.plumbline.invariant.DeriveQuery;
import dev.plumbline.invariant.Literals;
import dev.plumbline.invariant.Value;
import dev.plumbline.parser.Node;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Columns;
import dev.plumbline.schema.Table;
import dev.plumbline.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sees whether a guard can keep a {@code derive} true, and what it is made of. */
final class DeriveCompiler {
  private static final String FROM_FORM =
      "write what it aggregates as `from:` and `by:`; then the guard sees both tables";

  private final Session session;
  private final Catalog catalog;
  private final Dialect dialect;
  private final DeriveQuery query;
  private final List<Problem> problems;
  private final UserSql sql;
  private final GuardedTables tables;
  private final List<String> notes = new ArrayList<>(List.of(GuardedTables.LOCKS));
  private final Reads reads = new Reads();

  DeriveCompiler(
      Session session, Catalog catalog, DeriveQuery query, UserSql sql, List<Problem> problems) {
    this.session = session;
    this.catalog = catalog;
    this.dialect = session.dialect();
    this.query = query;
    this.sql = sql;
    this.problems = problems;
    this.tables = new GuardedTables(session, problems);
  }

  /** The writes that the guard sees. */
  List<Watch> watches(DeriveGuard guard) {
    String columns = String.join(", ", query.derived().stream().map(Column::name).toList());
    String target = query.table().label();
    return guard
        .source()
        .map(
            source ->
                List.of(
                    new Watch(
                        TableName.label(source.table()),
                        "INSERT, UPDATE, DELETE, TRUNCATE",
                        "sets "
                            + columns
                            + " of the rows of "
                            + target
                            + " with the same "
                            + String.join(
                                ", ", source.equals().stream().map(GuardColumn::name).toList())),
                    new Watch(
                        target,
                        "INSERT, UPDATE",
                        "sets "
                            + columns
                            + " of the rows written; after an UPDATE of "
                            + String.join(
                                " or ", guard.watched().stream().map(GuardColumn::name).toList()))))
        .orElseGet(
            () ->
                List.of(
                    new Watch(
                        target, "INSERT, UPDATE", "sets " + columns + " of each row written")));
  }

  List<String> notes() {
    return notes;
  }

  /** What the functions read; complete once {@link #compile} has found no problem. */
  Reads reads() {
    return reads;
  }

  /** Empty where there are problems. */
  Optional<DeriveGuard> compile() {
    Derive derive = query.invariant();
    Table target = query.table();
    tables.require(target, derive.table().position());
    requireKey(target, derive.table().position());
    List<Node> expressions =
        query.expressions().stream().map(d -> sql.expression(d.expression(), FROM_FORM)).toList();
    Optional<Node> where =
        derive
            .terms()
            .where()
            .map(w -> sql.expression(w, "say with columns of the row which rows it is about"));
    refuseExpressionsAsEmpty();
    Optional<DeriveGuard.Source> source = query.join().flatMap(j -> source(j, target, expressions));
    if (query.join().isEmpty()) {
      ofTheRow(target, expressions);
    }
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    List<Column> watched = new ArrayList<>(query.derived());
    where.ifPresent(w -> watched.addAll(UserSql.mentioned(target, Stream.of(w))));
    query
        .join()
        .ifPresent(
            j -> j.equals().forEach(name -> target.findColumn(name).ifPresent(watched::add)));
    reads.add(target.sql(), query.key().stream().map(Column::name));
    reads.add(target.sql(), watched.stream().map(Column::name));
    if (source.isEmpty()) {
      reads.add(target, target.name(), expressions.stream());
    }
    return Optional.of(
        new DeriveGuard(
            target.sql(),
            dialect.quote(target.name()),
            query.key().stream().map(Column::name).toList(),
            derive.terms().where().map(Sql::user),
            query.expressions().stream().map(this::derived).toList(),
            guarded(watched.stream().distinct().toList()),
            source));
  }

  /** What the functions will compute, as queries that need no trigger. */
  List<Sql> trials(DeriveGuard guard) {
    List<Sql> trials = new ArrayList<>();
    Sql row = Sql.of("(SELECT * FROM {}) AS {}", guard.target(), guard.label());
    guard.where().ifPresent(w -> trials.add(Sql.of("SELECT ({}) FROM {}", w, row)));
    for (DeriveGuard.Derived derived : guard.derived()) {
      trials.add(
          Sql.of(
              "SELECT {} FROM {}",
              dialect.stored(Sql.of("({})", derived.expression()), derived.column().type()),
              guard.source().map(DeriveGuard.Source::from).orElse(row)));
    }
    guard
        .source()
        .ifPresent(
            source ->
                source
                    .types()
                    .forEach(type -> trials.add(Sql.of("SELECT CAST(NULL AS {}[])", type))));
    guard
        .source()
        .ifPresent(
            source ->
                source
                    .equals()
                    .forEach(c -> trials.add(Sql.of("SELECT CAST(NULL AS {}[])", c.type()))));
    return trials;
  }

  private void requireKey(Table target, Position position) {
    if (query.key().isEmpty()) {
      problems.add(
          new Problem(
              position,
              target.label() + " has no key: the guard could not tell which row to set right",
              target.label(),
              Optional.of("give the table a primary key")));
    }
  }

  private void refuseExpressionsAsEmpty() {
    query.expressions().stream()
        .filter(d -> d.empty().filter(Value.Expression.class::isInstance).isPresent())
        .forEach(
            d ->
                problems.add(
                    new Problem(
                        query.invariant().table().position(),
                        "`empty` of " + d.column().name() + " is an expression",
                        d.column().name(),
                        Optional.of("a guard takes a literal value there"))));
  }

  private DeriveGuard.Derived derived(DeriveQuery.Derived derived) {
    return new DeriveGuard.Derived(
        Guarded.column(dialect, derived.column()),
        Sql.user(derived.expression()),
        derived.empty().map(new Literals(dialect)::value));
  }

  private List<GuardColumn> guarded(List<Column> columns) {
    return columns.stream().map(c -> Guarded.column(dialect, c)).toList();
  }

  // --- without a source ------------------------------------------------------------------------

  private void ofTheRow(Table target, List<Node> expressions) {
    UserSql.mentioned(target, expressions.stream()).stream()
        .filter(Column::generated)
        .filter(c -> problems.isEmpty())
        .findFirst()
        .ifPresent(
            column ->
                problems.add(
                    new Problem(
                        query.invariant().table().position(),
                        column.name()
                            + " is generated after the guard has run, so that it cannot read it",
                        column.name(),
                        Optional.of("write the generated column's expression itself"))));
  }

  // --- with a source ---------------------------------------------------------------------------

  private Optional<DeriveGuard.Source> source(
      DeriveQuery.Join join, Table target, List<Node> expressions) {
    Fragment from = query.invariant().source().orElseThrow().from();
    Optional<SourceQuery> read =
        join.alias().equals("plumb_from")
            ? SourceQuery.read(session, catalog, sql, from)
            : Optional.empty();
    Optional<Table> found =
        join.alias().equals("plumb_from")
            ? read.flatMap(q -> onlyTable(q))
            : catalog.findTable(join.alias());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Table table = found.get();
    tables.require(table, from.start());
    if (table.sql().equals(target.sql())) {
      sql.refuse(
          from,
          0,
          "the guard's own writes to " + target.label() + " would be writes to its source",
          "keep what is derived in another table than what it is derived from");
    }
    List<Node> trees = new ArrayList<>(expressions);
    read.ifPresent(q -> trees.add(q.tree()));
    List<Column> watched = new ArrayList<>(UserSql.mentioned(table, trees.stream()));
    List<Column> by = new ArrayList<>();
    List<Column> all = read.map(q -> catalog.describe(q.whole())).orElse(table.columns());
    for (String name : join.by()) {
      Columns.find(all, name).ifPresent(by::add);
      table.findColumn(name).filter(c -> read.isEmpty()).ifPresent(watched::add);
    }
    List<String> keys = by.stream().map(Column::name).toList();
    read.ifPresentOrElse(
        q -> reads.add(q, expressions, keys),
        () -> {
          reads.add(table, table.name(), expressions.stream());
          reads.add(table.sql(), keys.stream());
        });
    if (!table.identity().isEmpty()) {
      reads.add(table.sql(), table.identity().stream());
      reads.add(table.sql(), watched.stream().map(Column::name));
    }
    List<Column> equals =
        join.equals().stream().flatMap(n -> target.findColumn(n).stream()).toList();
    refuseUnusable(by, equals, read.isEmpty(), from);
    tables.missingIndex(target, join.equals()).ifPresent(notes::add);
    if (read.isEmpty()) {
      tables.missingIndex(table, join.by()).ifPresent(notes::add);
    }
    return problems.isEmpty()
        ? Optional.of(
            new DeriveGuard.Source(
                table.sql(),
                table.identity(),
                guarded(watched.stream().distinct().toList()),
                read.map(q -> Sql.of("({}) AS plumb_from", q.whole())).orElse(join.from()),
                rows ->
                    read.map(q -> Sql.of("({}) AS plumb_from", q.over(0, rows)))
                        .orElseGet(() -> Sql.of("{} AS plumb_rows", rows)),
                columns(join.alias(), by),
                columns(read.isPresent() ? join.alias() : "plumb_rows", by),
                by.stream().map(Column::type).toList(),
                guarded(equals),
                Guarded.hashed(by, equals)))
        : Optional.empty();
  }

  private Optional<Table> onlyTable(SourceQuery read) {
    if (read.tables().size() == 1) {
      return Optional.of(read.tables().getFirst().table());
    }
    sql.refuse(
        read.fragment(),
        read.tables().get(1).start(),
        "a guard cannot follow a join here: two writers of its tables would not see each other's"
            + " rows",
        "derive a column of one of the tables first, and this one from that");
    return Optional.empty();
  }

  private void refuseUnusable(
      List<Column> by, List<Column> equals, boolean ofTable, Fragment from) {
    by.stream()
        .filter(c -> c.type().endsWith("[]"))
        .findFirst()
        .ifPresent(
            c ->
                sql.refuse(
                    from,
                    0,
                    "a guard cannot collect keys that are arrays: " + c.name(),
                    "join by a column of another type"));
    IntStream.range(0, Math.min(by.size(), equals.size()))
        .filter(i -> !Guarded.alike(by.get(i), equals.get(i), ofTable))
        .findFirst()
        .ifPresent(
            i ->
                sql.refuse(
                    from,
                    0,
                    "%s (%s) and %s (%s) do not call the same keys equal"
                        .formatted(
                            by.get(i).name(),
                            by.get(i).type(),
                            equals.get(i).name(),
                            equals.get(i).type()),
                    "give both columns the same type and collation"));
    equals.stream()
        .filter(Column::generated)
        .findFirst()
        .ifPresent(
            c ->
                sql.refuse(
                    from,
                    0,
                    c.name() + " is generated after the guard has filled a new row",
                    "join by the columns that it is generated from"));
  }

  private List<Sql> columns(String relation, List<Column> columns) {
    return columns.stream().map(c -> Sql.of("{}.{}", relation, dialect.quote(c.name()))).toList();
  }
}
