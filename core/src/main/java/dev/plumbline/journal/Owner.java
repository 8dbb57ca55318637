package dev.plumbline.journal;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that works on a run.
 *
 * @param host its machine's name
 * @param started when the process began; with the pid it tells it from a later process
 */
public record Owner(String host, long pid, Instant started) {

  /** This process. */
  public static Owner self() {
    ProcessHandle self = ProcessHandle.current();
    return new Owner(localHost(), self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The name of this machine; {@code localhost} where it does not know it. */
  public static String localHost() {
    String named = System.getenv("HOSTNAME");
    if (named != null && !named.isBlank()) {
      return named;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Whether the process ran on this machine and runs no more. */
  public boolean gone() {
    if (!host.equals(localHost())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.isEmpty()
        || process.get().info().startInstant().filter(s -> !s.equals(started)).isPresent();
  }

  /** As the journal stores it. */
  public String text() {
    return host + " " + pid + " " + started;
  }

  /** Reads {@link #text}. */
  static Owner parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 3) {
      throw new PlumblineException(
          ErrorCode.BUG,
          "The journal names an owner that cannot be read: " + text,
          "Nothing was changed.",
          "Report this.");
    }
    return new Owner(parts[0], Long.parseLong(parts[1]), Instant.parse(parts[2]));
  }
}
