package dev.plumbline.guard;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FailureKind;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.schema.Catalog;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a guard's functions look up what is not qualified. They have their owner's rights, so that
 * nobody else may put anything there (<a
 * href="https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY">writing
 * SECURITY DEFINER functions safely</a>).
 */
final class SearchPath {
  private static final String ONLY_BUILT_IN = "pg_catalog, pg_temp";

  private final Session session;
  private final Catalog catalog;

  SearchPath(Session session, Catalog catalog) {
    this.session = session;
    this.catalog = catalog;
  }

  /**
   * As SET takes it: the database's own schema, and the session's where the user's SQL needs them.
   *
   * @param queries what the functions will run, in this session's transaction
   * @throws PlumblineException (78) if everybody may make objects in a schema that is needed
   */
  String enoughFor(List<Sql> queries) {
    if (enough(queries)) {
      return ONLY_BUILT_IN;
    }
    List<String> schemas =
        session.query(
            Sql.of(
                """
                SELECT quote_ident(n.nspname)
                FROM unnest(current_schemas(false)) WITH ORDINALITY AS s (name, position)
                JOIN pg_namespace n ON n.nspname = s.name
                ORDER BY s.position"""),
            row -> row.required(1));
    requireClosed();
    return Stream.of(Stream.of("pg_catalog"), schemas.stream(), Stream.of("pg_temp"))
        .flatMap(s -> s)
        .collect(Collectors.joining(", "));
  }

  private boolean enough(List<Sql> queries) {
    String before =
        session.one(Sql.of("SELECT current_setting('search_path')"), row -> row.required(1));
    try {
      session.attempt(
          () -> {
            set(ONLY_BUILT_IN);
            queries.forEach(catalog::describe);
            set(before);
            return true;
          });
      return true;
    } catch (DatabaseException e) {
      if (e.kind() != FailureKind.DEFINITION) {
        throw e;
      }
      return false;
    }
  }

  private void set(String path) {
    session.one(
        Sql.of("SELECT set_config('search_path', {}, true)", Sql.value(path)),
        row -> row.required(1));
  }

  private void requireClosed() {
    session
        .first(
            Sql.of(
                """
                SELECT quote_ident(n.nspname)
                FROM pg_namespace n
                WHERE n.nspname = ANY (current_schemas(false))
                  AND EXISTS (
                    SELECT 1 FROM aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
                    WHERE a.grantee = 0 AND a.privilege_type = 'CREATE')"""),
            row -> row.required(1))
        .ifPresent(
            schema -> {
              throw new PlumblineException(
                  ErrorCode.PROJECT,
                  "The invariant needs functions or types of schema "
                      + schema
                      + ", in which everybody may make objects: one of them could be called by the"
                      + " guard with its owner's rights.",
                  "Nothing was changed.",
                  "Run: REVOKE CREATE ON SCHEMA " + schema + " FROM PUBLIC");
            });
  }
}
