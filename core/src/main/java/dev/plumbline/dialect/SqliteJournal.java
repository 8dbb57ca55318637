package dev.plumbline.dialect;

import java.util.ArrayList;
import java.util.List;

/** The journal's tables in SQLite. Times are ISO 8601 text in UTC, which sorts as time does. */
final class SqliteJournal {
  private final Dialect dialect;

  SqliteJournal(Dialect dialect) {
    this.dialect = dialect;
  }

  List<Sql> ddl() {
    return List.of(
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_runs (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              kind TEXT NOT NULL,
              invariant TEXT NOT NULL,
              definition TEXT NOT NULL,
              checksum TEXT NOT NULL,
              scope_where TEXT,
              scope_keys TEXT,
              scope_limit INTEGER,
              strategy TEXT NOT NULL,
              batch_size INTEGER,
              workers INTEGER NOT NULL,
              reverts INTEGER REFERENCES plumb_runs (id),
              state TEXT NOT NULL,
              pass INTEGER NOT NULL DEFAULT 0,
              planned INTEGER NOT NULL,
              changed INTEGER NOT NULL DEFAULT 0,
              remaining INTEGER,
              error TEXT,
              actor TEXT NOT NULL,
              host TEXT NOT NULL,
              version TEXT NOT NULL,
              created_at TEXT NOT NULL DEFAULT ({}),
              started_at TEXT,
              finished_at TEXT,
              lease_token INTEGER NOT NULL DEFAULT 0,
              lease_owner TEXT,
              lease_session TEXT,
              lease_until TEXT) STRICT""",
            dialect.timestamp()),
        Sql.of(
            """
            CREATE UNIQUE INDEX IF NOT EXISTS plumb_runs_one_active ON plumb_runs (invariant)
            WHERE state IN ('planned', 'running', 'pausing', 'paused', 'verifying', 'cancelling')"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_batches (
              run INTEGER NOT NULL REFERENCES plumb_runs (id),
              no INTEGER NOT NULL,
              pass INTEGER NOT NULL,
              sequence INTEGER,
              slice_from TEXT NOT NULL,
              slice_to TEXT NOT NULL,
              rows INTEGER NOT NULL,
              took_ms INTEGER NOT NULL,
              committed_at TEXT NOT NULL DEFAULT ({}),
              PRIMARY KEY (run, no)) STRICT, WITHOUT ROWID""",
            dialect.timestamp()),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_worklist (
              run INTEGER NOT NULL REFERENCES plumb_runs (id),
              n INTEGER NOT NULL,
              key TEXT NOT NULL,
              PRIMARY KEY (run, n)) STRICT, WITHOUT ROWID"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_set_aside (
              run INTEGER NOT NULL REFERENCES plumb_runs (id),
              step INTEGER NOT NULL DEFAULT 0,
              key TEXT NOT NULL,
              reason TEXT NOT NULL,
              sqlstate TEXT,
              message TEXT NOT NULL,
              at TEXT NOT NULL DEFAULT ({}),
              PRIMARY KEY (run, step, key, reason)) STRICT, WITHOUT ROWID""",
            dialect.timestamp()),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_images (
              run INTEGER NOT NULL REFERENCES plumb_runs (id),
              step INTEGER NOT NULL,
              change TEXT NOT NULL,
              changed_table TEXT NOT NULL,
              image_table TEXT NOT NULL,
              key_columns TEXT NOT NULL,
              key_types TEXT NOT NULL,
              columns TEXT NOT NULL,
              statement TEXT NOT NULL,
              PRIMARY KEY (run, step)) STRICT, WITHOUT ROWID"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_steps (
              run INTEGER NOT NULL REFERENCES plumb_runs (id),
              n INTEGER NOT NULL,
              step TEXT NOT NULL,
              about TEXT NOT NULL,
              digest TEXT NOT NULL,
              begun_at TEXT NOT NULL DEFAULT ({}),
              finished_at TEXT,
              rows INTEGER,
              evidence TEXT,
              PRIMARY KEY (run, n)) STRICT, WITHOUT ROWID""",
            dialect.timestamp()),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_step_runs (
              child INTEGER PRIMARY KEY REFERENCES plumb_runs (id),
              run INTEGER NOT NULL REFERENCES plumb_runs (id),
              n INTEGER NOT NULL) STRICT"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_guards (
              invariant TEXT PRIMARY KEY,
              definition TEXT NOT NULL,
              checksum TEXT NOT NULL,
              objects TEXT NOT NULL,
              actor TEXT NOT NULL,
              host TEXT NOT NULL,
              installed_at TEXT NOT NULL DEFAULT ({}),
              version TEXT NOT NULL) STRICT, WITHOUT ROWID""",
            dialect.timestamp()),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_backups (
              run INTEGER NOT NULL REFERENCES plumb_runs (id),
              n INTEGER NOT NULL,
              taken_at TEXT NOT NULL DEFAULT ({}),
              made_with TEXT NOT NULL,
              checked TEXT NOT NULL,
              file TEXT,
              bytes INTEGER,
              sha256 TEXT,
              PRIMARY KEY (run, n)) STRICT, WITHOUT ROWID""",
            dialect.timestamp()),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_documents (
              run INTEGER NOT NULL,
              id TEXT NOT NULL,
              batch INTEGER NOT NULL,
              state TEXT NOT NULL,
              before TEXT NOT NULL,
              after TEXT NOT NULL,
              at TEXT NOT NULL DEFAULT ({}),
              PRIMARY KEY (run, id)) STRICT, WITHOUT ROWID""",
            dialect.timestamp()),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_places (
              run INTEGER PRIMARY KEY REFERENCES plumb_runs (id),
              place TEXT NOT NULL) STRICT"""),
        Sql.of(
            """
            CREATE TABLE IF NOT EXISTS plumb_guards_aside (
              target TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"""));
  }

  Sql exists() {
    return Sql.of(
        """
        SELECT EXISTS (
          SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'plumb_images')""");
  }

  /** Whether a journal that an earlier version made has the tables that came later. */
  Sql complete() {
    return Sql.of(
        """
        SELECT count(*) = 3 FROM main.sqlite_schema
        WHERE type = 'table' AND name IN ('plumb_step_runs', 'plumb_guards', 'plumb_guards_aside')""");
  }

  Sql has(String table) {
    return Sql.of(
        """
        SELECT EXISTS (
          SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = {})""",
        Sql.value("plumb_" + table));
  }

  /** Without types: a column that has none keeps every value as it was stored. */
  List<Sql> createImages(ImageTable images, boolean before, boolean after) {
    List<String> columns = new ArrayList<>(List.of("batch"));
    columns.addAll(images.keptKey());
    columns.addAll(before ? images.keptBefore() : List.of());
    columns.addAll(after ? images.keptAfter() : List.of());
    return List.of(Sql.of("CREATE TABLE {} ({})", images.sql(), String.join(", ", columns)));
  }

  List<Sql> indexImages(ImageTable images, String index) {
    return List.of(
        Sql.of(
            "CREATE INDEX IF NOT EXISTS {} ON {} (batch, {})",
            dialect.quote(index),
            images.sql(),
            String.join(", ", images.keptKey())));
  }
}
