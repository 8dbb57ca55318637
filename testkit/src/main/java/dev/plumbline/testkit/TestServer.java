package dev.plumbline.testkit;

import dev.plumbline.embedded.Binaries;
import dev.plumbline.embedded.Cluster;
import dev.plumbline.embedded.EmbeddedServer;
import dev.plumbline.embedded.Shutdown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A PostgreSQL server for one test alone, which may crash it. It takes a second to make, so tests
 * that leave the server in peace use {@link TestDatabase#postgres()}. Not for several threads, but
 * other threads may be connected while it crashes.
 */
public final class TestServer implements AutoCloseable {
  private final Path directory;
  private final EmbeddedServer server;
  private final Cluster cluster;
  private final PostgresHost host;

  private TestServer(PostgresVersion version) {
    try {
      directory = Files.createTempDirectory("plumbline-server");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Binaries binaries = version.binaries();
    server = EmbeddedServer.open(directory, binaries);
    cluster = new Cluster(binaries, directory);
    host = new PostgresHost(version, server);
  }

  /** A running server of the newest version. */
  public static TestServer postgres() {
    return postgres(PostgresVersion.NEWEST);
  }

  public static TestServer postgres(PostgresVersion version) {
    return new TestServer(version);
  }

  /** A fresh database on this server; close it while the server runs, or not at all. */
  public TestDatabase database() {
    return TestDatabase.on(host);
  }

  public boolean isRunning() {
    return cluster.pid().isPresent();
  }

  /** {@code pg_ctl stop -m immediate}: as if the power had failed. */
  public void crash() {
    cluster.stop(Shutdown.IMMEDIATE);
  }

  /** {@code pg_ctl stop -m fast}: transactions are rolled back, connections cut. */
  public void stop() {
    cluster.stop(Shutdown.FAST);
  }

  /** Starts it again on its port, after {@link #crash} or {@link #stop}. */
  public void start() {
    cluster.start(server.port());
  }

  /** Stops the server and deletes its data. */
  @Override
  public void close() {
    server.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
