package dev.plumbline.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * How processes agree on one server: whoever uses it holds {@code users.lock} shared; whoever
 * starts or stops it holds {@code transition.lock} alone. The operating system releases both when a
 * process dies, however it dies.
 *
 * <p>One instance per directory and JVM: a file lock belongs to the whole process, and closing any
 * channel of the file loses it. Not for several threads.
 */
final class DirectoryLocks {
  private final Path directory;
  private @Nullable FileChannel users;

  DirectoryLocks(Path directory) {
    this.directory = directory;
  }

  /** Does something while no other process starts or stops the server. */
  void duringTransition(Runnable transition) {
    try (FileChannel channel = open("transition.lock");
        FileLock ignored = channel.lock()) {
      transition.run();
    } catch (IOException e) {
      throw EmbeddedServerException.files(directory, e);
    }
  }

  /** Says that this process uses the server; called during a transition, so it never waits. */
  void use() {
    try {
      FileChannel channel = open("users.lock");
      channel.lock(0, Long.MAX_VALUE, true);
      users = channel;
    } catch (IOException e) {
      throw EmbeddedServerException.files(directory, e);
    }
  }

  /**
   * Ends this process's use; called during a transition.
   *
   * @return whether no other process uses the server
   */
  boolean release() {
    try {
      if (users != null) {
        users.close();
        users = null;
      }
      try (FileChannel channel = open("users.lock");
          FileLock alone = channel.tryLock()) {
        return alone != null;
      }
    } catch (IOException e) {
      throw EmbeddedServerException.files(directory, e);
    }
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        directory.resolve(name),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }
}
