package dev.plumbline.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.backup.BackupPlace.Command;
import dev.plumbline.backup.BackupPlace.Method;
import dev.plumbline.backup.BackupPlace.PgDump;
import dev.plumbline.backup.BackupPlace.Usual;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.Backups;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of SQLite, and by commands. Those of PostgreSQL need a server to throw away: see cli. */
class BackupTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T20:00:00Z"), ZoneOffset.UTC);

  @AutoClose final TestDatabase database = TestDatabase.sqlite();
  @TempDir Path folder;

  @BeforeEach
  void tables() {
    database.execute(
        "CREATE TABLE goals (id INTEGER PRIMARY KEY AUTOINCREMENT, \"the title\" TEXT)",
        "CREATE INDEX goals_title ON goals (\"the title\")",
        "CREATE VIEW titles AS SELECT \"the title\" FROM goals",
        "CREATE VIRTUAL TABLE words USING fts5(word)",
        "INSERT INTO goals (\"the title\") VALUES ('run'), ('read'), (NULL)",
        "INSERT INTO words VALUES ('run')");
  }

  @Test
  void copies_all_and_says_where_how_large_and_what_was_checked() throws Exception {
    Backups.Entry taken = backup(new Usual()).take();
    Path file = Path.of(taken.file().orElseThrow());
    assertThat(file.getParent()).isEqualTo(folder.resolve("backups"));
    assertThat(file.getFileName().toString())
        .matches("our_ledger-20261121T200000Z-[0-9a-f]{6}\\.sqlite");
    assertThat(taken.bytes()).hasValue(Files.size(file));
    assertThat(taken.sha256().orElseThrow()).matches("[0-9a-f]{64}");
    assertThat(taken.checked()).startsWith("opened: integrity_check, ").contains("rows in ");
    assertThat(rows(file)).isEqualTo(3);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void two_at_once_get_files_of_their_own() throws Exception {
    Backup backup = backup(new Usual());
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Backups.Entry>> taken =
          IntStream.range(0, 4).mapToObj(i -> threads.submit(() -> again(backup::take))).toList();
      Set<String> names = new HashSet<>();
      for (Future<Backups.Entry> one : taken) {
        names.add(one.get().file().orElseThrow());
      }
      assertThat(names).hasSize(4);
      assertThat(files()).hasSize(4);
    }
  }

  /** Each keeps writers away for a moment, another backup included. */
  private static Backups.Entry again(Supplier<Backups.Entry> taking) {
    while (true) {
      try {
        return taking.get();
      } catch (PlumblineException busy) {
        assertThat(busy.code()).isEqualTo(ErrorCode.BUSY);
      }
    }
  }

  @Test
  void a_writer_makes_it_give_way_and_leaves_no_file() throws Exception {
    try (Connection writer = database.connect();
        Statement statement = writer.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      refused(new Usual(), ErrorCode.BUSY, "No backup could be made in ");
      statement.execute("ROLLBACK");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void a_folder_that_cannot_be_made_is_told() throws Exception {
    Files.writeString(folder.resolve("backups"), "a file");
    refused(new Usual(), ErrorCode.FAILED, "No backup could be written to");
  }

  @Test
  void a_command_is_believed_by_its_exit_code_and_finds_the_database() throws Exception {
    Backups.Entry taken =
        backup(new Command("cp \"$PLUMB_DATABASE_FILE\" \"$PLUMB_BACKUP_FILE\"")).take();
    assertThat(rows(Path.of(taken.file().orElseThrow()))).isEqualTo(3);
    assertThat(taken.checked()).contains("exit code 0");

    Backups.Entry elsewhere = backup(new Command("true")).take();
    assertThat(elsewhere.file()).isEmpty();
    assertThat(elsewhere.sha256()).isEmpty();
    assertThat(files()).hasSize(1);
  }

  @Test
  void a_command_that_fails_stops_the_change_and_leaves_no_file() throws Exception {
    refused(
        new Command("echo half > \"$PLUMB_BACKUP_FILE\"; echo disk full >&2; exit 3"),
        ErrorCode.FAILED,
        "exit code 3:\ndisk full");
    assertThat(files()).isEmpty();
  }

  @Test
  void pg_dump_makes_none_of_sqlite() {
    assertThatThrownBy(() -> backup(new PgDump("pg_dump")))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT));
  }

  @Test
  void what_differs_is_found() {
    assertThatThrownBy(() -> Checks.sameCounts(Map.of("a", 3L), Map.of("a", 2L)))
        .hasMessageContaining("of the 3 rows of a it has 2");
    assertThatThrownBy(() -> Checks.sameCounts(Map.of("a", 3L), Map.of()))
        .hasMessageContaining("of the 3 rows of a it has 0");
    assertThatThrownBy(
            () -> Checks.sameCatalogue(List.of("table a", "index b"), List.of("table a")))
        .hasMessageContaining("it lacks index b");
    Checks.sameCatalogue(List.of("table a"), List.of("table a", "table b"));
  }

  private void refused(Method method, ErrorCode code, String what) {
    assertThatThrownBy(() -> backup(method).take())
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.what()).contains(what);
              assertThat(e.safe()).startsWith("Nothing was changed in the database");
            });
  }

  private Backup backup(Method method) {
    return new Backup(
        JdbcUrl.parse(database.url()),
        new BackupPlace(folder.resolve("backups"), method),
        "our ledger",
        System.getenv(),
        new NoScratch(),
        CLOCK);
  }

  /** SQLite's copies are tried by opening them. */
  private static final class NoScratch implements Scratch {
    @Override
    public <T> T with(int major, Function<JdbcUrl, T> work) {
      throw new AssertionError("no server is needed");
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder.resolve("backups"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
      return files.toList();
    }
  }

  private static long rows(Path file) throws Exception {
    try (Connection copy = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = copy.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM goals")) {
      result.next();
      return result.getLong(1);
    }
  }
}
