package dev.plumbline.guard;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.EveryGuard;
import dev.plumbline.dialect.GuardColumn;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.Problem;
import dev.plumbline.guard.GuardPlan.Watch;
import dev.plumbline.guard.SourceQuery.Named;
import dev.plumbline.invariant.Every;
import dev.plumbline.invariant.EveryQuery;
import dev.plumbline.invariant.Literals;
import dev.plumbline.invariant.Value;
import dev.plumbline.parser.Node;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import dev.plumbline.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sees whether a guard can keep an {@code every … has …} true, and what it is made of. */
final class EveryCompiler {
  private static final String ROWS = "plumb_rows";

  private final Session session;
  private final Catalog catalog;
  private final Dialect dialect;
  private final EveryQuery query;
  private final List<Problem> problems;
  private final UserSql sql;
  private final GuardedTables tables;
  private final List<String> notes = new ArrayList<>(List.of(GuardedTables.LOCKS));
  private final Reads reads = new Reads();

  EveryCompiler(
      Session session, Catalog catalog, EveryQuery query, UserSql sql, List<Problem> problems) {
    this.session = session;
    this.catalog = catalog;
    this.dialect = session.dialect();
    this.query = query;
    this.sql = sql;
    this.problems = problems;
    this.tables = new GuardedTables(session, problems);
  }

  List<String> notes() {
    return notes;
  }

  /** What the functions read; complete once {@link #compile} has found no problem. */
  Reads reads() {
    return reads;
  }

  /** The writes that the guard sees. */
  List<Watch> watches(EveryGuard guard) {
    List<Watch> watches = new ArrayList<>();
    String target = query.table().label();
    for (EveryGuard.Source source : guard.sources()) {
      watches.add(
          new Watch(
              TableName.label(source.table()),
              source.inserts() ? "INSERT, UPDATE" : "UPDATE",
              "inserts into " + target + " what is missing, and sets what is not as it must be"));
    }
    watches.add(
        new Watch(
            target,
            guard.with() > 0 ? "INSERT, UPDATE, DELETE, TRUNCATE" : "UPDATE, DELETE, TRUNCATE",
            "makes what is still asked for again, at the transaction's end"));
    return watches;
  }

  /** Empty where there are problems. */
  Optional<EveryGuard> compile() {
    Every every = query.invariant();
    Table target = query.table();
    tables.require(target, every.has().position());
    requireUnique(target);
    requireFilled(target);
    Optional<Node> where =
        every
            .terms()
            .where()
            .map(w -> sql.expression(w, "say with columns of the query which rows it is about"));
    Stream.concat(query.with().stream(), query.insert().stream()).forEach(this::requireFromKey);
    Optional<SourceQuery> read = SourceQuery.read(session, catalog, sql, every.every());
    read.ifPresent(q -> q.tables().forEach(t -> requireTable(q, t, target)));
    requireKeys();
    if (!problems.isEmpty() || read.isEmpty()) {
      return Optional.empty();
    }
    List<EveryGuard.Source> sources = sources(read.get(), where);
    addReads(read.get(), where, sources);
    boolean joined = sources.size() > 1 || sources.stream().anyMatch(s -> s.rowsOf().size() > 1);
    if (joined) {
      notes.add(
          "Transactions that write to "
              + String.join(" or ", sources.stream().map(s -> TableName.label(s.table())).toList())
              + " in columns that matter here come one after the other until they commit: what the"
              + " rows of two make together neither could see.");
    }
    return Optional.of(
        new EveryGuard(
            target.sql(),
            guarded(query.match()),
            settings(),
            query.with().size(),
            Sql.of("({}) AS {}", read.get().whole(), ROWS),
            every.terms().where().map(w -> Sql.of("({})", w)).orElse(Sql.of("TRUE")),
            query.key().stream().map(c -> Sql.of("{}.{}", ROWS, dialect.quote(c.name()))).toList(),
            query.key().stream().map(Column::type).toList(),
            Guarded.hashed(query.key(), query.match()),
            sources,
            joined));
  }

  private void addReads(SourceQuery read, Optional<Node> where, List<EveryGuard.Source> sources) {
    reads.add(read, where.stream().toList(), query.key().stream().map(Column::name).toList());
    sources.stream()
        .filter(source -> !source.identity().isEmpty())
        .forEach(
            source -> {
              reads.add(source.table(), source.identity().stream());
              reads.add(source.table(), source.watched());
            });
    reads.add(query.table().sql(), filled().stream());
  }

  /** The columns of the target that a new match has values for. */
  private List<String> filled() {
    return Stream.concat(
            query.match().stream(),
            Stream.concat(query.with().stream(), query.insert().stream())
                .map(EveryQuery.Set::column))
        .map(Column::name)
        .toList();
  }

  /** What the functions will compute, as queries that need no trigger. */
  List<Sql> trials(EveryGuard guard) {
    List<Sql> items = new ArrayList<>(guard.key());
    guard.sets().forEach(set -> items.add(set.value()));
    guard.types().forEach(type -> items.add(Sql.of("CAST(NULL AS {}[])", type)));
    guard.match().forEach(c -> items.add(Sql.of("CAST(NULL AS {}[])", c.type())));
    List<Sql> named = new ArrayList<>();
    for (Sql item : items) {
      named.add(Sql.of("{} AS c{}", item, named.size()));
    }
    return List.of(
        Sql.of("SELECT {} FROM {} WHERE {}", Sql.join(", ", named), guard.query(), guard.where()));
  }

  private void requireUnique(Table target) {
    List<String> match = query.match().stream().map(Column::name).toList();
    boolean exactly =
        Stream.concat(Stream.of(target.primaryKey()), target.uniqueKeys().stream())
            .anyMatch(k -> k.size() == match.size() && k.containsAll(match));
    if (!exactly) {
      problems.add(
          new Problem(
              query.invariant().has().position(),
              target.label()
                  + " has no unique key over exactly the columns of `match`: two writers could"
                  + " insert the same match",
              target.label(),
              Optional.of(
                  "make them unique: CREATE UNIQUE INDEX CONCURRENTLY ON "
                      + target.written()
                      + " ("
                      + String.join(", ", match.stream().map(Table::quoted).toList())
                      + ")")));
    }
  }

  /** A column left NULL would fail not the guard's installation but every write to the source. */
  private void requireFilled(Table target) {
    List<String> filled = filled();
    for (GuardedTables.Unfilled unfilled : tables.unfilled(target)) {
      String column = unfilled.column();
      if (filled.contains(column)) {
        continue;
      }
      String what =
          target.label() + "." + column + " is NOT NULL without a default, and the guard ";
      if (unfilled.byTrigger()) {
        notes.add(what + "leaves it to a trigger on " + target.label() + " to set it.");
      } else {
        problems.add(
            new Problem(
                query.invariant().has().position(),
                what + "would insert no value: each write that asks for a new match would fail",
                column,
                Optional.of(
                    "say which: `insert: {%s: …}`, or give the column a default"
                        .formatted(column))));
      }
    }
  }

  /** Rows of one key may differ in everything else, and the guard could not choose. */
  private void requireFromKey(EveryQuery.Set set) {
    if (!(set.value() instanceof Value.Expression expression)) {
      return;
    }
    Node tree = sql.expression(expression.sql(), "use columns of the key only");
    boolean other =
        tree.all("ColumnRef")
            .map(ref -> UserSql.names(ref.at("fields")))
            .anyMatch(
                names ->
                    names.isEmpty()
                        || query.key().stream().noneMatch(c -> c.name().equals(names.getLast())));
    if (other) {
      sql.refuse(
          expression.sql(),
          0,
          "a guard sets "
              + set.column().name()
              + " only from columns of the key: rows that ask"
              + " for the same match may differ in others",
          "use a literal value, or columns of `match`");
    }
  }

  private void requireTable(SourceQuery read, Named named, Table target) {
    tables.require(named.table(), read.fragment().at(named.start()));
    if (named.table().sql().equals(target.sql())) {
      sql.refuse(
          read.fragment(),
          named.start(),
          "the guard's own writes to " + target.label() + " would be writes to its source",
          "write the query without the table that must have the matches");
    }
  }

  private void requireKeys() {
    query.key().stream()
        .filter(c -> c.type().endsWith("[]"))
        .findFirst()
        .ifPresent(
            c ->
                sql.refuse(
                    query.invariant().every(),
                    0,
                    "a guard cannot collect keys that are arrays: " + c.name(),
                    "match by a column of another type"));
    IntStream.range(0, query.match().size())
        .filter(i -> !Guarded.alike(query.key().get(i), query.match().get(i), false))
        .findFirst()
        .ifPresent(
            i ->
                sql.refuse(
                    query.invariant().every(),
                    0,
                    "%s (%s) and %s (%s) do not call the same keys equal"
                        .formatted(
                            query.key().get(i).name(),
                            query.key().get(i).type(),
                            query.match().get(i).name(),
                            query.match().get(i).type()),
                    "give both columns the same type"));
    query.match().stream()
        .filter(Column::generated)
        .findFirst()
        .ifPresent(
            c ->
                problems.add(
                    new Problem(
                        query.invariant().has().position(),
                        c.name() + " is generated and cannot be inserted",
                        c.name(),
                        Optional.of("match by the columns that it is generated from"))));
  }

  private List<EveryGuard.Setting> settings() {
    return Stream.concat(query.with().stream(), query.insert().stream())
        .map(
            set ->
                new EveryGuard.Setting(
                    Guarded.column(dialect, set.column()),
                    dialect.stored(new Literals(dialect).value(set.value()), set.column().type()),
                    !(set.value() instanceof Value.Expression)))
        .toList();
  }

  private List<GuardColumn> guarded(List<Column> columns) {
    return columns.stream().map(c -> Guarded.column(dialect, c)).toList();
  }

  // --- the query's tables ----------------------------------------------------------------------

  private List<EveryGuard.Source> sources(SourceQuery read, Optional<Node> where) {
    Joins joins =
        new Joins(
            read,
            read.tables().stream().flatMap(t -> tables.pointingAt(t.table()).stream()).toList(),
            mattering(read, where));
    List<EveryGuard.Source> sources = new ArrayList<>();
    for (int i = 0; i < read.tables().size(); i++) {
      Table table = read.tables().get(i).table();
      if (sources.stream().anyMatch(s -> s.table().equals(table.sql()))) {
        continue;
      }
      List<Integer> places =
          IntStream.range(0, read.tables().size())
              .filter(n -> read.tables().get(n).table().sql().equals(table.sql()))
              .boxed()
              .toList();
      boolean pointedAt = places.size() == 1 && joins.pointedAt(i);
      if (pointedAt && !joins.matters(i)) {
        continue; // a row that is there as long as the row that points at it, and only shown
      }
      List<Column> watched =
          places.stream().flatMap(n -> joins.columns(n).stream()).distinct().toList();
      List<UnaryOperator<Sql>> rowsOf = new ArrayList<>();
      for (int place : places) {
        rowsOf.add(rows -> Sql.of("({}) AS {}", read.over(place, rows), ROWS));
      }
      sources.add(
          new EveryGuard.Source(
              table.sql(), table.identity(), guarded(watched), !pointedAt, rowsOf));
    }
    return sources;
  }

  /** The names of the query's columns on which it depends what is asked for. */
  private List<String> mattering(SourceQuery read, Optional<Node> where) {
    List<String> names = new ArrayList<>(query.key().stream().map(Column::name).toList());
    List<Column> all = catalog.describe(read.whole());
    where.ifPresent(
        w ->
            w.all("ColumnRef")
                .map(ref -> UserSql.names(ref.at("fields")))
                .forEach(
                    ref ->
                        all.stream()
                            .map(Column::name)
                            .filter(n -> ref.isEmpty() || n.equals(ref.getLast()))
                            .forEach(names::add)));
    return names;
  }
}
