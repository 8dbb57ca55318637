package dev.plumbline.dialect;

import java.util.List;

/** The journal's tables in PostgreSQL, and how a lease knows the session that holds it. */
final class PostgresJournal {
  List<Sql> ddl() {
    return List.of(
        Sql.of("CREATE SCHEMA IF NOT EXISTS plumb"),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.runs (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              kind text NOT NULL,
              invariant text NOT NULL,
              definition text NOT NULL,
              checksum text NOT NULL,
              scope_where text,
              scope_keys text,
              scope_limit bigint,
              strategy text NOT NULL,
              batch_size bigint,
              workers bigint NOT NULL,
              reverts bigint REFERENCES plumb.runs (id),
              state text NOT NULL,
              pass bigint NOT NULL DEFAULT 0,
              planned bigint NOT NULL,
              changed bigint NOT NULL DEFAULT 0,
              remaining bigint,
              error text,
              actor text NOT NULL,
              host text NOT NULL,
              version text NOT NULL,
              created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              started_at timestamptz,
              finished_at timestamptz,
              lease_token bigint NOT NULL DEFAULT 0,
              lease_owner text,
              lease_session text,
              lease_until timestamptz)"""),
        Sql.of(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS runs_one_active ON plumb.runs (invariant)
            WHERE state IN ('planned', 'running', 'pausing', 'paused', 'verifying', 'cancelling')"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.batches (
              run bigint NOT NULL REFERENCES plumb.runs (id),
              no bigint NOT NULL,
              pass bigint NOT NULL,
              sequence bigint,
              slice_from text NOT NULL,
              slice_to text NOT NULL,
              rows bigint NOT NULL,
              took_ms bigint NOT NULL,
              committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              PRIMARY KEY (run, no))"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.worklist (
              run bigint NOT NULL REFERENCES plumb.runs (id),
              n bigint NOT NULL,
              key text NOT NULL,
              PRIMARY KEY (run, n))"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.set_aside (
              run bigint NOT NULL REFERENCES plumb.runs (id),
              step bigint NOT NULL DEFAULT 0,
              key text NOT NULL,
              reason text NOT NULL,
              sqlstate text,
              message text NOT NULL,
              at timestamptz NOT NULL DEFAULT clock_timestamp(),
              PRIMARY KEY (run, step, key, reason))"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.images (
              run bigint NOT NULL REFERENCES plumb.runs (id),
              step bigint NOT NULL,
              change text NOT NULL,
              changed_table text NOT NULL,
              image_table text NOT NULL,
              key_columns text NOT NULL,
              key_types text NOT NULL,
              columns text NOT NULL,
              statement text NOT NULL,
              PRIMARY KEY (run, step))"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.steps (
              run bigint NOT NULL REFERENCES plumb.runs (id),
              n bigint NOT NULL,
              step text NOT NULL,
              about text NOT NULL,
              digest text NOT NULL,
              begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              finished_at timestamptz,
              rows bigint,
              evidence text,
              PRIMARY KEY (run, n))"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.step_runs (
              child bigint PRIMARY KEY REFERENCES plumb.runs (id),
              run bigint NOT NULL REFERENCES plumb.runs (id),
              n bigint NOT NULL)"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.guards (
              invariant text PRIMARY KEY,
              definition text NOT NULL,
              checksum text NOT NULL,
              objects text NOT NULL,
              actor text NOT NULL,
              host text NOT NULL,
              installed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              version text NOT NULL)"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.backups (
              run bigint NOT NULL REFERENCES plumb.runs (id),
              n bigint NOT NULL,
              taken_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              made_with text NOT NULL,
              checked text NOT NULL,
              file text,
              bytes bigint,
              sha256 text,
              PRIMARY KEY (run, n))"""),
        // A row for each document: a look at the run for each, and the compression of what fits
        // into a
        // page, cost a fifth of the writing.
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.documents (
              run bigint NOT NULL,
              id text NOT NULL,
              batch bigint NOT NULL,
              state text NOT NULL,
              before text NOT NULL,
              after text NOT NULL,
              at timestamptz NOT NULL DEFAULT clock_timestamp(),
              PRIMARY KEY (run, id))
            WITH (toast_tuple_target = 8160)"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.places (
              run bigint PRIMARY KEY REFERENCES plumb.runs (id),
              place text NOT NULL)"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb.image_rows (
              run bigint NOT NULL,
              step bigint NOT NULL,
              batch bigint NOT NULL,
              k text[] NOT NULL,
              b text[],
              a text[])"""),
        Sql.of(
            """
            CREATE INDEX IF NOT EXISTS image_rows_batch ON plumb.image_rows (run, step, batch)"""));
  }

  Sql exists() {
    return Sql.of("SELECT to_regclass('plumb.images') IS NOT NULL");
  }

  /** Whether a journal that an earlier version made has the tables that came later. */
  Sql complete() {
    return Sql.of(
        """
        SELECT to_regclass('plumb.step_runs') IS NOT NULL
          AND to_regclass('plumb.guards') IS NOT NULL""");
  }

  Sql has(String table) {
    return Sql.of("SELECT to_regclass({}) IS NOT NULL", Sql.value("plumb." + table));
  }

  Sql sessionIdentity() {
    return Sql.of(
        """
        (SELECT pid || ' ' || extract(epoch FROM backend_start)
         FROM pg_stat_activity WHERE pid = pg_backend_pid())""");
  }

  /** Another role's session shows its pid but not its start: then only the pid tells. */
  Sql sessionGone(String column) {
    return Sql.of(
        """
        NOT EXISTS (
          SELECT 1 FROM pg_stat_activity
          WHERE pid = CAST(split_part({}, ' ', 1) AS integer)
            AND coalesce(CAST(extract(epoch FROM backend_start) AS text), split_part({}, ' ', 2))
              = split_part({}, ' ', 2))""",
        column,
        column,
        column);
  }
}
