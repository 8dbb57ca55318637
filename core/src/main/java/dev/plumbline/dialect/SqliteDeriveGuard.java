package dev.plumbline.dialect;

import java.util.ArrayList;
import java.util.List;

/**
 * A guard for {@code derive} in SQLite: triggers for each row, as SQLite has no others. One
 * transaction writes at a time, so nobody can come between.
 */
final class SqliteDeriveGuard {
  private final Dialect dialect;
  private final GuardNames names;
  private final DeriveGuard guard;
  private final List<String> statements = new ArrayList<>();
  private final List<GuardSql.Made> objects = new ArrayList<>();

  private SqliteDeriveGuard(Dialect dialect, GuardNames names, DeriveGuard guard) {
    this.dialect = dialect;
    this.names = names;
    this.guard = guard;
  }

  static GuardSql of(Dialect dialect, GuardNames names, DeriveGuard guard) {
    SqliteDeriveGuard made = new SqliteDeriveGuard(dialect, names, guard);
    guard.source().ifPresent(made::source);
    made.target();
    return new GuardSql(made.statements, made.objects);
  }

  private void source(DeriveGuard.Source source) {
    trigger("source_insert", "INSERT", source.table(), setRight(withKey(source, List.of("NEW"))));
    trigger("source_delete", "DELETE", source.table(), setRight(withKey(source, List.of("OLD"))));
    trigger(
        "source_update",
        "UPDATE",
        source.table(),
        setRight(withKey(source, List.of("OLD", "NEW"))));
  }

  private void target() {
    Sql same =
        Sql.join(
            " AND ",
            guard.key().stream()
                .map(k -> Sql.of("{} = NEW.{}", own(k), dialect.quote(k)))
                .toList());
    trigger("target_insert", "INSERT", guard.label(), setRight(same));
    trigger("target_update", "UPDATE", guard.label(), setRight(same));
  }

  /** The target's rows with the key that a source row has or had. */
  private Sql withKey(DeriveGuard.Source source, List<String> versions) {
    List<Sql> any = new ArrayList<>();
    for (String version : versions) {
      List<Sql> all = new ArrayList<>();
      for (int i = 0; i < source.equals().size(); i++) {
        all.add(
            Sql.of(
                "{} = {}.{}", own(source.equals().get(i).name()), version, source.rowsBy().get(i)));
      }
      any.add(Sql.of("({})", Sql.join(" AND ", all)));
    }
    return Sql.of("({})", Sql.join(" OR ", any));
  }

  private Sql setRight(Sql which) {
    List<Sql> set = new ArrayList<>();
    List<Sql> differ = new ArrayList<>();
    for (DeriveGuard.Derived derived : guard.derived()) {
      Sql right = dialect.stored(right(derived), derived.column().type());
      set.add(Sql.of("{} = {}", dialect.quote(derived.column().name()), right));
      differ.add(derived.column().differ(own(derived.column().name()), right));
    }
    return Sql.of(
        """
        UPDATE {} SET {}
        WHERE {}{} AND ({});""",
        guard.label(),
        Sql.join(", ", set),
        which,
        guard.where().map(w -> Sql.of(" AND ({})", w)).orElse(Sql.empty()),
        Sql.join(" OR ", differ));
  }

  private Sql right(DeriveGuard.Derived derived) {
    if (guard.source().isEmpty()) {
      return Sql.of("({})", derived.expression());
    }
    DeriveGuard.Source source = guard.source().get();
    List<Sql> joined = new ArrayList<>();
    for (int i = 0; i < source.by().size(); i++) {
      joined.add(Sql.of("{} = {}", source.by().get(i), own(source.equals().get(i).name())));
    }
    return Sql.of(
        "(SELECT {} FROM {} WHERE {})",
        derived
            .empty()
            .map(
                empty ->
                    Sql.of(
                        "CASE WHEN count(*) = 0 THEN {} ELSE {} END", empty, derived.expression()))
            .orElse(derived.expression()),
        source.from(),
        Sql.join(" AND ", joined));
  }

  private Sql own(String column) {
    return Sql.of("{}.{}", guard.label(), dialect.quote(column));
  }

  private void trigger(String role, String event, String table, Sql statement) {
    String name = names.trigger(role);
    objects.add(new GuardSql.Made(GuardSql.Sort.TRIGGER, name, table));
    statements.add(
        """
        CREATE TRIGGER %s
        AFTER %s ON %s
        WHEN NOT EXISTS (SELECT 1 FROM plumb_guards_aside WHERE target = %s)
        BEGIN
          %s
        END"""
            .formatted(
                dialect.quote(name),
                event,
                table,
                dialect.literal(guard.target()),
                statement.indented(2)));
  }
}
