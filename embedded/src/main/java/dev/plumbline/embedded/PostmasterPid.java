package dev.plumbline.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server writes into {@code postmaster.pid} of its data directory. The file outlives a
 * server that crashed, and its process id may then belong to someone else.
 *
 * @param ready whether the server said that it accepts connections
 */
record PostmasterPid(long pid, int port, boolean ready) {
  // https://github.com/postgres/postgres/blob/master/src/include/utils/pidfile.h
  private static final int LINE_PID = 0;
  private static final int LINE_PORT = 3;
  private static final int LINE_STATUS = 7;

  static Path file(Path data) {
    return data.resolve("postmaster.pid");
  }

  /** Empty if there is no file, or a server has only begun to write it. */
  static Optional<PostmasterPid> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(file(data));
      if (lines.size() <= LINE_PORT) {
        return Optional.empty();
      }
      boolean ready = lines.size() > LINE_STATUS && lines.get(LINE_STATUS).strip().equals("ready");
      return Optional.of(
          new PostmasterPid(
              Long.parseLong(lines.get(LINE_PID).strip()),
              Integer.parseInt(lines.get(LINE_PORT).strip()),
              ready));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw EmbeddedServerException.files(data, e);
    }
  }

  /** The process, if it lives and is the server of this data directory. */
  Optional<ProcessHandle> server(Path data) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(p -> serves(p, data));
  }

  /** Whether the process id lives on as something else than the server of this data directory. */
  boolean belongsToAnother(Path data) {
    return ProcessHandle.of(pid).isPresent() && server(data).isEmpty();
  }

  private static boolean serves(ProcessHandle process, Path data) {
    Path workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
    if (Files.exists(Path.of("/proc/self"))) {
      try {
        // A server works inside its data directory, which only its own user may enter.
        return Files.readSymbolicLink(workingDirectory).equals(data.toRealPath());
      } catch (IOException e) {
        return false;
      }
    }
    return process.info().command().map(command -> command.endsWith("postgres")).orElse(true);
  }
}
