package dev.plumbline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
  @TempDir Path parent;

  @AfterEach
  void nothing_runs_afterwards() {
    assertThat(cluster().pid()).isEmpty();
  }

  @Test
  void is_durable_local_and_utf8() throws SQLException {
    try (EmbeddedServer server = open()) {
      assertThat(value(server, "SHOW fsync")).isEqualTo("on");
      assertThat(value(server, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(value(server, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(value(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(value(server, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(value(server, "SHOW lc_messages")).isEqualTo("C");
      assertThat(value(server, "SHOW server_version")).startsWith("18.");
    }
  }

  @Test
  void asks_for_the_password_which_only_the_owner_can_read() throws IOException {
    try (EmbeddedServer server = open()) {
      String url = server.jdbcUrl("postgres");
      assertThatThrownBy(() -> DriverManager.getConnection(url, server.user(), "wrong").close())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      assertThat(url).doesNotContain(server.password());
      assertThat(permissions(directory().resolve("password"))).isEqualTo("rw-------");
      assertThat(permissions(directory())).isEqualTo("rwx------");
    }
  }

  @Test
  void keeps_data_and_port_over_a_restart() throws SQLException {
    int port;
    try (EmbeddedServer server = open()) {
      port = server.port();
      server.createDatabase("campus");
      server.createDatabase("campus");
      execute(server, "campus", "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (EmbeddedServer server = open()) {
      assertThat(server.port()).isEqualTo(port);
      assertThat(value(server, "campus", "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void databases_may_have_any_name_and_can_be_dropped_while_in_use() throws SQLException {
    String name = "Ä \"quoted\" name/with?everything";
    try (EmbeddedServer server = open()) {
      server.createDatabase(name);
      assertThat(value(server, name, "SELECT current_database()")).isEqualTo(name);
      try (Connection inUse = connect(server, name)) {
        server.dropDatabase(name);
        assertThat(inUse.isValid(5)).isFalse();
      }
      assertThat(value(server, "SELECT count(*) FROM pg_database WHERE datname LIKE 'Ä%'"))
          .isEqualTo("0");
    }
  }

  @Test
  void stays_until_the_last_use_in_this_process_is_closed() throws SQLException {
    EmbeddedServer first = open();
    try (EmbeddedServer second = open()) {
      first.close();
      first.close();
      assertThat(value(second, "SELECT 1")).isEqualTo("1");
    }
    assertThat(cluster().pid()).isEmpty();
  }

  @Test
  void stays_until_the_last_process_closes_it() throws Exception {
    OtherProcess other = OtherProcess.start(directory());
    int port = other.port();
    try (EmbeddedServer server = open()) {
      assertThat(server.port()).isEqualTo(port);
      other.close();
      assertThat(value(server, "SELECT 1")).isEqualTo("1");
    }
    assertThat(cluster().pid()).isEmpty();
  }

  @Test
  void another_process_keeps_it_when_this_one_closes() throws Exception {
    try (OtherProcess other = OtherProcess.start(directory())) {
      other.port();
      open().close();
      assertThat(cluster().pid()).isPresent();
    }
    assertThat(cluster().pid()).isEmpty();
  }

  @Test
  void two_processes_that_start_at_once_get_one_server() throws Exception {
    try (OtherProcess one = OtherProcess.start(directory());
        OtherProcess two = OtherProcess.start(directory())) {
      assertThat(one.port()).isEqualTo(two.port());
    }
  }

  @Test
  void is_adopted_after_its_process_was_killed() throws Exception {
    OtherProcess killed = OtherProcess.start(directory());
    int port = killed.port();
    long pid = cluster().pid().orElseThrow();
    killed.kill();
    try (EmbeddedServer server = open()) {
      assertThat(server.port()).isEqualTo(port);
      assertThat(cluster().pid()).contains(pid);
      assertThat(value(server, "SHOW fsync")).isEqualTo("on");
    }
  }

  @Test
  void recovers_when_the_server_itself_was_killed() throws Exception {
    OtherProcess killed = OtherProcess.start(directory());
    killed.port();
    killed.kill();
    ProcessHandle server = ProcessHandle.of(cluster().pid().orElseThrow()).orElseThrow();
    server.destroyForcibly();
    server.onExit().get();
    assertThat(PostmasterPid.file(directory().resolve("cluster"))).exists();
    try (EmbeddedServer recovered = open()) {
      assertThat(value(recovered, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_stale_lock_file_whose_process_id_is_someone_elses_is_no_obstacle() throws Exception {
    open().close();
    Path stale = PostmasterPid.file(directory().resolve("cluster"));
    // The pid of this JVM lives, and is no server.
    Files.writeString(
        stale,
        """
        %d
        %s
        1
        5432

        127.0.0.1
             1 1
        ready
        """
            .formatted(ProcessHandle.current().pid(), directory().resolve("cluster")));
    try (EmbeddedServer server = open()) {
      assertThat(value(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void takes_another_port_when_someone_else_has_its_own() throws Exception {
    int port;
    try (EmbeddedServer server = open()) {
      port = server.port();
    }
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
        EmbeddedServer server = open()) {
      assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
      assertThat(value(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_path_that_a_shell_would_read_is_only_a_path() throws SQLException {
    Path odd = parent.resolve("a \"b\" $HOME `c` 'd'");
    try (EmbeddedServer server = EmbeddedServer.open(odd)) {
      assertThat(value(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void refuses_a_directory_of_another_major_version() throws IOException {
    open().close();
    Path version = directory().resolve("cluster/PG_VERSION");
    Files.writeString(version, "13\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContainingAll("PostgreSQL 13", "18.", "untouched", "move the directory away");
  }

  @Test
  void refuses_to_run_without_durability() throws SQLException {
    try (EmbeddedServer server = open()) {
      execute(server, "postgres", "ALTER ROLE postgres SET synchronous_commit = off");
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("synchronous_commit = off");
  }

  private EmbeddedServer open() {
    return EmbeddedServer.open(directory());
  }

  private Path directory() {
    return parent.resolve("deep/postgres");
  }

  private Cluster cluster() {
    return new Cluster(Binaries.newest(), directory());
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static String value(EmbeddedServer server, String sql) throws SQLException {
    return value(server, "postgres", sql);
  }

  private static String value(EmbeddedServer server, String database, String sql)
      throws SQLException {
    try (Connection connection = connect(server, database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static void execute(EmbeddedServer server, String database, String sql)
      throws SQLException {
    try (Connection connection = connect(server, database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(EmbeddedServer server, String database) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
  }
}
