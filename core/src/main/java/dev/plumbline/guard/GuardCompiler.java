package dev.plumbline.guard;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.DeriveGuard;
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
    if (session.dialect() instanceof SqliteDialect) {
      throw notYet(invariant.name(), "SQLite");
    }
    if (invariant instanceof Exist) {
      throw unguardable(invariant, "exist", "`plumb status` and `plumb verify` watch objects");
    }
    return switch (new Compiler(catalog, session.dialect()).compile(invariant)) {
      case DeriveQuery derive -> derive(derive);
      case EveryQuery every -> throw notYet(every.invariant().name(), "`every … has …`");
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

  private static PlumblineException notYet(String invariant, String what) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "Guards do not cover " + what + ", and `" + invariant + "` needs that.",
        "Nothing was changed.",
        "Repair it by schedule: plumb repair " + invariant + " --commit");
  }

  private Compiled derive(DeriveQuery query) {
    List<Problem> problems = new ArrayList<>();
    UserSql sql = new UserSql(session, UserSql.requireParser(), problems);
    DeriveCompiler compiler = new DeriveCompiler(session, catalog, query, sql, problems);
    Optional<DeriveGuard> guard = compiler.compile();
    if (guard.isEmpty()) {
      throw new ProjectException(problems);
    }
    GuardNames names = GuardNames.of(query.invariant().name());
    return new Compiled(
        new PostgresDialect().guard(names, searchPath(), guard.get()),
        compiler.watches(guard.get()),
        compiler.notes());
  }

  private String searchPath() {
    return "pg_catalog, pg_temp";
  }
}
