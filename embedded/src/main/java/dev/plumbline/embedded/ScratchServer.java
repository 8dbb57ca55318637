package dev.plumbline.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A PostgreSQL for a moment: made new, not durable and so quick, and gone with all its data when it
 * is closed or the process ends. What a killed process left behind is taken away by the next start.
 *
 * <p>Any thread may use it.
 */
public final class ScratchServer implements AutoCloseable {
  private static final int PORT_ATTEMPTS = 3;

  private final Path directory;
  private final Cluster cluster;
  private final FileChannel alive;
  private final Access access;
  private final Thread atExit = new Thread(this::remove, "remove scratch server");
  private final AtomicBoolean closed = new AtomicBoolean();

  private ScratchServer(Path directory, Cluster cluster, FileChannel alive, Access access) {
    this.directory = directory;
    this.cluster = cluster;
    this.alive = alive;
    this.access = access;
  }

  /**
   * Starts a server of a major version.
   *
   * @throws EmbeddedServerException if no programs of that version are found, or it does not start
   */
  public static ScratchServer start(int major) {
    return start(Binaries.ofMajor(major), UserCache.directory().resolve("scratch"));
  }

  /**
   * Starts a server of the version that comes with Plumbline.
   *
   * @throws EmbeddedServerException if it does not start
   */
  public static ScratchServer newest() {
    return start(Binaries.newest(), UserCache.directory().resolve("scratch"));
  }

  /**
   * @param place where scratch servers live; all that is there belongs to them
   */
  static ScratchServer start(Binaries binaries, Path place) {
    ScratchServer server;
    try {
      server = made(binaries, place);
    } catch (IOException e) {
      throw EmbeddedServerException.files(place, e);
    }
    Runtime.getRuntime().addShutdownHook(server.atExit);
    return server;
  }

  private static ScratchServer made(Binaries binaries, Path place) throws IOException {
    Files.createDirectories(place);
    Path directory;
    FileChannel alive;
    synchronized (ScratchServer.class) { // a file lock excludes other processes, not other threads
      try (FileChannel making = open(place.resolve("making.lock"))) {
        making.lock();
        removeAbandoned(binaries, place);
        directory = Files.createTempDirectory(place, "server", ownerOnly());
        alive = open(alive(directory));
        alive.lock();
      }
    }
    Cluster cluster = Cluster.scratch(binaries, directory);
    try {
      Path password = directory.resolve("password");
      PasswordFile.create(password);
      cluster.initialise(Access.USER, password);
      Access access = new Access(startOnFreePort(cluster, directory), PasswordFile.read(password));
      return new ScratchServer(directory, cluster, alive, access);
    } catch (EmbeddedServerException e) {
      alive.close();
      FileTree.delete(directory);
      throw e;
    }
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  private static int startOnFreePort(Cluster cluster, Path directory) {
    Path portFile = directory.resolve("port");
    for (int attempt = 1; ; attempt++) {
      int port = Ports.choose(portFile);
      try {
        cluster.start(port);
        return port;
      } catch (EmbeddedServerException e) {
        // Someone may have taken the port between the look and the start.
        if (attempt == PORT_ATTEMPTS || Ports.keptAndFree(portFile).isPresent()) {
          throw e;
        }
      }
    }
  }

  /** Its lock is held as long as the process lives that uses the server, however it dies. */
  private static Path alive(Path directory) {
    return directory.resolve("alive.lock");
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void removeAbandoned(Binaries binaries, Path place) throws IOException {
    List<Path> servers;
    try (Stream<Path> all = Files.list(place)) {
      servers = all.filter(Files::isDirectory).toList();
    }
    for (Path server : servers) {
      try (FileChannel channel = open(alive(server))) {
        if (channel.tryLock() != null) {
          Cluster.scratch(binaries, server).stop(Shutdown.IMMEDIATE);
          FileTree.delete(server);
        }
      } catch (OverlappingFileLockException usedByThisProcess) {
        // It is not abandoned.
      }
    }
  }

  /** Makes a database of that name; migrations may name the one that they were written for. */
  public void createDatabase(String name) {
    try {
      access.createDatabase(name);
    } catch (SQLException e) {
      throw new EmbeddedServerException(
          "The database " + name + " could not be made on a scratch server: " + e.getMessage(),
          "No other database was touched.",
          "Run the command again.",
          e);
    }
  }

  /** The URL of a database, without {@link #user} and {@link #password}. */
  public String jdbcUrl(String database) {
    return access.url(database);
  }

  /** The superuser's name. */
  public String user() {
    return Access.USER;
  }

  /** The superuser's password, never to be shown. */
  public String password() {
    return access.password();
  }

  /** Where it lives. */
  Path directory() {
    return directory;
  }

  /** Stops the server and deletes its data. A second call does nothing. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // The hook runs already, or will.
    }
    remove();
  }

  private void remove() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    cluster.stop(Shutdown.IMMEDIATE);
    try {
      FileTree.delete(directory);
      alive.close();
    } catch (IOException e) {
      throw EmbeddedServerException.files(directory, e);
    }
  }
}
