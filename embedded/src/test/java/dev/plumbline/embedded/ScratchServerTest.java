package dev.plumbline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchServerTest {
  @TempDir Path place;

  private static List<Path> servers(Path place) throws IOException {
    try (Stream<Path> all = Files.list(place)) {
      return all.filter(Files::isDirectory).toList();
    }
  }

  private static String value(ScratchServer server, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("campus"), server.user(), server.password());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  @Test
  void serves_and_leaves_nothing_behind() throws Exception {
    try (ScratchServer first = ScratchServer.start(Binaries.newest(), place);
        ScratchServer second = ScratchServer.start(Binaries.newest(), place)) {
      first.createDatabase("campus");
      assertThat(value(first, "SHOW server_version")).startsWith("18.");
      assertThat(value(first, "SHOW fsync")).isEqualTo("off");
      assertThat(servers(place)).containsExactlyInAnyOrder(first.directory(), second.directory());
    }
    assertThat(servers(place)).isEmpty();
  }

  @Test
  void takes_away_what_a_killed_process_left() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ScratchServerTest.class.getName(),
                place.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path left;
    try (BufferedReader output = other.inputReader()) {
      left = Path.of(String.valueOf(output.readLine()));
      assertThat(runningPort(left)).isPresent();
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(servers(place)).containsExactly(left);
    try (ScratchServer next = ScratchServer.start(Binaries.newest(), place)) {
      assertThat(servers(place)).containsExactly(next.directory());
      assertThat(runningPort(left)).isEmpty();
    }
  }

  private static OptionalInt runningPort(Path directory) {
    return new Cluster(Binaries.newest(), directory).runningPort();
  }

  /** Starts a server, says where, and waits to be killed. */
  public static void main(String[] arguments) throws IOException {
    try (ScratchServer server = ScratchServer.start(Binaries.newest(), Path.of(arguments[0]))) {
      System.out.println(server.directory());
      while (System.in.read() >= 0) {}
    }
  }

  @Test
  void finds_the_programs_of_another_version() throws IOException {
    Binaries newest = Binaries.newest();
    Path cache = Files.createDirectory(place.resolve("cache"));
    String own = place.resolve("installed-%d").toString();
    assertThat(Binaries.ofMajor(newest.major(), cache, List.of())).isEqualTo(newest);
    assertThatThrownBy(() -> Binaries.ofMajor(12, cache, List.of(own)))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("PostgreSQL 12 is needed")
        .hasMessageContaining("version 18 only");
    Path installed = Files.createSymbolicLink(place.resolve("installed-12"), newest.home());
    assertThat(Binaries.ofMajor(12, cache, List.of(own)))
        .isEqualTo(new Binaries("12.0", installed));
    String platform = newest.home().getFileName().toString().split(newest.version())[1];
    Path before =
        Files.createSymbolicLink(cache.resolve("postgres-12.7.0" + platform), newest.home());
    assertThat(Binaries.ofMajor(12, cache, List.of(own))).isEqualTo(new Binaries("12.7.0", before));
  }
}
