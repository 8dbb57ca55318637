package dev.plumbline.guard;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.DeriveGuard;
import dev.plumbline.dialect.EveryGuard;
import dev.plumbline.dialect.GuardNames;
import dev.plumbline.dialect.GuardSql;
import dev.plumbline.dialect.PostgresDialect;
import dev.plumbline.dialect.SqliteDialect;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.guard.GuardPlan.Watch;
import dev.plumbline.invariant.AgreeQuery;
import dev.plumbline.invariant.Compiler;
import dev.plumbline.invariant.DeriveQuery;
import dev.plumbline.invariant.EveryQuery;
import dev.plumbline.invariant.Exist;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.invariant.NoneQuery;
import dev.plumbline.schema.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a guard of an invariant, or says why there can be none. For one thread. */
final class GuardCompiler {
  private final Session session;
  private final Catalog catalog;

  GuardCompiler(Session session) {
    this.session = session;
    this.catalog = Database.catalog(session);
  }

  record Compiled(GuardSql sql, List<Watch> watches, List<String> notes) {}

  Compiled compile(Invariant invariant) {
    if (invariant instanceof Exist) {
      throw unguardable(invariant, "exist", "`plumb status` and `plumb verify` watch objects");
    }
    return switch (new Compiler(catalog, session.dialect()).compile(invariant)) {
      case DeriveQuery derive -> derive(derive);
      case EveryQuery every -> every(every);
      case NoneQuery none ->
          throw unguardable(
              invariant, "none", "a constraint, or a `derive` or `every` that says the same");
      case AgreeQuery agree ->
          throw unguardable(invariant, "agree", "a `derive` with `from` for one of the two sides");
    };
  }

  private static PlumblineException unguardable(Invariant invariant, String kind, String instead) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "`"
            + invariant.name()
            + "` is an invariant of kind `"
            + kind
            + "`: it does not say which write would make it right.",
        "Nothing was changed.",
        "Guards are made of `derive` and of `every … has …`. Use " + instead + ".");
  }

  private Compiled every(EveryQuery query) {
    return switch (session.dialect()) {
      case PostgresDialect postgres -> every(query, postgres);
      case SqliteDialect sqlite -> throw onPostgresOnly(query.invariant().name());
    };
  }

  private Compiled every(EveryQuery query, PostgresDialect postgres) {
    List<Problem> problems = new ArrayList<>();
    UserSql sql = new UserSql(session, UserSql.requireParser(), problems);
    EveryCompiler compiler = new EveryCompiler(session, catalog, query, sql, problems);
    Optional<EveryGuard> guard = compiler.compile();
    if (guard.isEmpty()) {
      throw new ProjectException(problems);
    }
    GuardNames names = GuardNames.of(query.invariant().name());
    return new Compiled(
        compiler
            .reads()
            .of(
                postgres.guard(
                    names,
                    new SearchPath(session, catalog).enoughFor(compiler.trials(guard.get())),
                    guard.get())),
        compiler.watches(guard.get()),
        compiler.notes());
  }

  private static PlumblineException onPostgresOnly(String invariant) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "On SQLite a guard is made of `derive` alone, and `" + invariant + "` is an `every`.",
        "Nothing was changed.",
        "Repair it by schedule: plumb repair " + invariant + " --commit");
  }

  private Compiled derive(DeriveQuery query) {
    return switch (session.dialect()) {
      case PostgresDialect postgres -> derive(query, postgres);
      case SqliteDialect sqlite -> derive(query, sqlite);
    };
  }

  private Compiled derive(DeriveQuery query, SqliteDialect sqlite) {
    List<Problem> problems = new ArrayList<>();
    SqliteDeriveCompiler compiler = new SqliteDeriveCompiler(session, catalog, query, problems);
    Optional<DeriveGuard> guard = compiler.compile();
    if (guard.isEmpty()) {
      throw new ProjectException(problems);
    }
    return new Compiled(
        sqlite.guard(GuardNames.of(query.invariant().name()), guard.get()),
        compiler.watches(),
        compiler.notes());
  }

  private Compiled derive(DeriveQuery query, PostgresDialect postgres) {
    List<Problem> problems = new ArrayList<>();
    UserSql sql = new UserSql(session, UserSql.requireParser(), problems);
    DeriveCompiler compiler = new DeriveCompiler(session, catalog, query, sql, problems);
    Optional<DeriveGuard> guard = compiler.compile();
    if (guard.isEmpty()) {
      throw new ProjectException(problems);
    }
    GuardNames names = GuardNames.of(query.invariant().name());
    return new Compiled(
        compiler
            .reads()
            .of(
                postgres.guard(
                    names,
                    new SearchPath(session, catalog).enoughFor(compiler.trials(guard.get())),
                    guard.get())),
        compiler.watches(guard.get()),
        compiler.notes());
  }
}
