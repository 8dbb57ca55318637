package dev.plumbline.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL data directory and the server on it. It knows nothing of other processes that may
 * start or stop the same server: {@link EmbeddedServer} sees to that. Not for several threads.
 */
public final class Cluster {
  /** Generous, because a start may replay gigabytes of log after a crash. */
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
  private static final Duration LAST_BACKENDS_LIMIT = Duration.ofSeconds(10);
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final int LOG_TAIL = 2000;

  /** Given on the command line, where they win over whatever a file says. */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          // No socket files: their path is limited to 107 bytes, and /tmp is shared.
          "unix_socket_directories=",
          "max_wal_size=4GB");

  private static final List<String> DURABLE =
      List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on");

  /** What is lost in a crash is thrown away anyhow. */
  private static final List<String> FAST =
      List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off");

  private final Binaries binaries;
  private final Path directory;
  private final Path data;
  private final Path log;
  private final boolean durable;

  /**
   * @param directory holds the data directory {@code data} and the server's log {@code server.log}
   */
  public Cluster(Binaries binaries, Path directory) {
    this(binaries, directory, true);
  }

  private Cluster(Binaries binaries, Path directory, boolean durable) {
    this.durable = durable;
    this.binaries = binaries;
    this.directory = directory;
    this.data = directory.resolve("cluster");
    this.log = directory.resolve("server.log");
  }

  /** One whose data a crash may destroy. */
  static Cluster scratch(Binaries binaries, Path directory) {
    return new Cluster(binaries, directory, false);
  }

  /** Whether the data directory has been made. */
  public boolean exists() {
    return Files.exists(data.resolve("PG_VERSION"));
  }

  /**
   * Makes the data directory, whole or not at all.
   *
   * @param user the superuser's name
   * @param passwordFile holds the superuser's password; it is never put on a command line
   */
  public void initialise(String user, Path passwordFile) {
    Path part = directory.resolve("cluster.part");
    deleteHalfMade(part);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pgdata=" + part.getFileName(),
                "--username=" + user,
                "--pwfile=" + directory.relativize(passwordFile),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--lc-messages=C",
                "--no-instructions"));
    if (!durable) {
      arguments.add("--no-sync");
    }
    if (binaries.major() >= 17) {
      // Sorts by code point whatever the operating system's C library thinks of it.
      arguments.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    }
    Program initdb = Program.start(binaries, directory, "initdb", arguments).await(INITDB_LIMIT);
    if (initdb.exitCode() != 0) {
      throw new EmbeddedServerException(
          "PostgreSQL's initdb failed in " + directory + ": " + initdb.output(),
          "No database was made.",
          "Remove the cause and run the command again.");
    }
    try {
      Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw EmbeddedServerException.files(directory, e);
    }
  }

  private void deleteHalfMade(Path part) {
    try {
      FileTree.delete(part);
    } catch (IOException e) {
      throw EmbeddedServerException.files(directory, e);
    }
  }

  /** The port of the server that runs here, if one does. */
  public OptionalInt runningPort() {
    Optional<PostmasterPid> running = running();
    return running.isPresent() ? OptionalInt.of(running.get().port()) : OptionalInt.empty();
  }

  /** The server's process id, if it runs. */
  public Optional<Long> pid() {
    return running().map(PostmasterPid::pid);
  }

  private Optional<PostmasterPid> running() {
    return PostmasterPid.read(data).filter(written -> written.server(data).isPresent());
  }

  /**
   * Starts the server and waits until it accepts connections.
   *
   * @throws EmbeddedServerException if it does not come up; its log says why
   */
  public void start(int port) {
    requireSameVersion();
    removeLockOfAnotherProcess();
    boolean crashed = Files.exists(PostmasterPid.file(data));
    long giveUp = System.nanoTime() + (crashed ? LAST_BACKENDS_LIMIT.toNanos() : 0);
    long logStart = logSize();
    Program pgCtl = attemptStart(port);
    // A killed server's last backends may live for a moment, and no new one starts beside them.
    while (!isReady() && System.nanoTime() - giveUp < 0) {
      pause();
      pgCtl = attemptStart(port);
    }
    if (!isReady()) {
      throw new EmbeddedServerException(
          "The embedded PostgreSQL in " + directory + " did not start on port " + port + ".",
          "Its data is kept as it is.",
          "Its log, " + log + ", says:\n" + logSince(logStart, pgCtl.output()));
    }
  }

  /** Returns when the server is ready or has given up. */
  private Program attemptStart(int port) {
    Program pgCtl = Program.start(binaries, directory, "pg_ctl", startArguments(port));
    // pg_ctl looks every 100 ms whether the server is up; looking oneself saves most of that.
    while (pgCtl.isAlive() && !isReady()) {
      pause();
    }
    return pgCtl;
  }

  private List<String> startArguments(int port) {
    StringBuilder options = new StringBuilder("-p " + port);
    SETTINGS.forEach(setting -> options.append(" -c ").append(setting));
    (durable ? DURABLE : FAST).forEach(setting -> options.append(" -c ").append(setting));
    return List.of(
        "start",
        "--pgdata=cluster",
        "--log=server.log",
        "--wait",
        "--timeout=" + START_LIMIT.toSeconds(),
        "--options=" + options);
  }

  /** Waits until a server that is already there, perhaps still recovering, accepts connections. */
  void awaitReady() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!isReady()) {
      if (running().isEmpty() || System.nanoTime() - deadline > 0) {
        throw new EmbeddedServerException(
            "The embedded PostgreSQL in " + directory + " was starting, and did not come up.",
            "Its data is kept as it is.",
            "See its log, " + log + ", and run the command again.");
      }
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(POLL.toNanos());
  }

  private boolean isReady() {
    return running().filter(PostmasterPid::ready).isPresent();
  }

  /** Stops the server, if it runs, and waits for its end. */
  public void stop(Shutdown how) {
    if (running().isEmpty()) {
      return;
    }
    List<String> arguments =
        List.of(
            "stop",
            "--pgdata=cluster",
            "--mode=" + how.mode(),
            "--wait",
            "--timeout=" + STOP_LIMIT.toSeconds());
    Program pgCtl =
        Program.start(binaries, directory, "pg_ctl", arguments).await(STOP_LIMIT.plusSeconds(10));
    if (pgCtl.exitCode() != 0 && running().isPresent()) {
      throw new EmbeddedServerException(
          "The embedded PostgreSQL in " + directory + " did not stop: " + pgCtl.output(),
          "It still runs, and its data is whole.",
          "Its log is " + log + ". Any later command that uses it will try to stop it again.");
    }
  }

  private void requireSameVersion() {
    try {
      String made = Files.readString(data.resolve("PG_VERSION")).strip();
      if (!made.equals(Integer.toString(binaries.major()))) {
        throw new EmbeddedServerException(
            "%s was made by PostgreSQL %s; this is version %s."
                .formatted(directory, made, binaries.version()),
            "Its data is untouched.",
            "Use the Plumbline that made it, or move the directory away to start with an empty"
                + " one.");
      }
    } catch (IOException e) {
      throw EmbeddedServerException.files(directory, e);
    }
  }

  /**
   * A crashed server's lock file is found stale by the next server itself, except where the
   * operating system has given the process id to someone else since. A file whose process is gone
   * stays: by it the server notices backends that outlived the crash.
   */
  private void removeLockOfAnotherProcess() {
    Optional<PostmasterPid> written = PostmasterPid.read(data);
    if (written.isPresent() && written.get().belongsToAnother(data)) {
      try {
        Files.delete(PostmasterPid.file(data));
      } catch (IOException e) {
        throw EmbeddedServerException.files(directory, e);
      }
    }
  }

  private long logSize() {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw EmbeddedServerException.files(directory, e);
    }
  }

  /** What the log has gained, or its last part; the fallback if the server never got to write. */
  private String logSince(long start, String fallback) {
    try (SeekableByteChannel channel = Files.newByteChannel(log)) {
      long from = Math.max(start, channel.size() - LOG_TAIL);
      ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
      channel.position(from);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? fallback : text;
    } catch (NoSuchFileException e) {
      return fallback;
    } catch (IOException e) {
      throw EmbeddedServerException.files(directory, e);
    }
  }
}
