package dev.plumbline.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The server of one directory as this process sees it, with a count of the uses within the process.
 * All state is guarded by the class's monitor: starting and stopping are rare.
 */
final class SharedServer {
  private static final Map<Path, SharedServer> IN_THIS_PROCESS = new HashMap<>();
  private static final int PORT_ATTEMPTS = 3;

  private final Path directory;
  private final Cluster cluster;
  private final DirectoryLocks locks;
  private @Nullable Access access;
  private int uses;

  private SharedServer(Path directory, Binaries binaries) {
    this.directory = directory;
    this.cluster = new Cluster(binaries, directory);
    this.locks = new DirectoryLocks(directory);
  }

  static SharedServer use(Path directory, Binaries binaries) {
    synchronized (SharedServer.class) {
      Path real = make(directory);
      SharedServer known = IN_THIS_PROCESS.get(real);
      if (known != null) {
        known.uses++;
        return known;
      }
      SharedServer server = new SharedServer(real, binaries);
      server.locks.duringTransition(server::startOrAdopt);
      server.uses = 1;
      IN_THIS_PROCESS.put(real, server);
      return server;
    }
  }

  /** How to reach the server; it stays the same while this process uses it. */
  Access access() {
    synchronized (SharedServer.class) {
      if (access == null) {
        throw new IllegalStateException("the server in " + directory + " was closed");
      }
      return access;
    }
  }

  void release() {
    synchronized (SharedServer.class) {
      uses--;
      if (uses > 0) {
        return;
      }
      IN_THIS_PROCESS.remove(directory);
      access = null;
      locks.duringTransition(this::stopIfLast);
    }
  }

  private static Path make(Path directory) {
    try {
      if (!Files.exists(directory)) {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return directory.toRealPath();
    } catch (FileAlreadyExistsException e) {
      return make(directory); // another process was quicker
    } catch (IOException e) {
      throw EmbeddedServerException.files(directory, e);
    }
  }

  private void startOrAdopt() {
    Path passwordFile = directory.resolve("password");
    if (!cluster.exists()) {
      PasswordFile.create(passwordFile);
      cluster.initialise(Access.USER, passwordFile);
    }
    OptionalInt running = cluster.runningPort();
    int port = running.isPresent() ? adopt(running.getAsInt()) : start();
    locks.use();
    Access opened = new Access(port, PasswordFile.read(passwordFile));
    try {
      requireDurable(opened);
    } catch (EmbeddedServerException e) {
      stopIfLast();
      throw e;
    }
    access = opened;
  }

  private void requireDurable(Access opened) {
    try {
      opened.requireDurable();
    } catch (SQLException e) {
      throw new EmbeddedServerException(
          "The embedded PostgreSQL in " + directory + " does not answer: " + e.getMessage(),
          "Its data is kept as it is.",
          "See its log, " + directory.resolve("server.log") + ", and run the command again.",
          e);
    }
  }

  private int adopt(int port) {
    cluster.awaitReady();
    return port;
  }

  private int start() {
    Path portFile = directory.resolve("port");
    OptionalInt kept = Ports.keptAndFree(portFile);
    int port = kept.isPresent() ? kept.getAsInt() : Ports.choose(portFile);
    for (int attempt = 1; ; attempt++) {
      try {
        cluster.start(port);
        return port;
      } catch (EmbeddedServerException e) {
        // Someone may have taken the port between the look and the start.
        if (attempt == PORT_ATTEMPTS || Ports.keptAndFree(portFile).isPresent()) {
          throw e;
        }
        port = Ports.choose(portFile);
      }
    }
  }

  private void stopIfLast() {
    if (locks.release()) {
      cluster.stop(Shutdown.FAST);
    }
  }
}
