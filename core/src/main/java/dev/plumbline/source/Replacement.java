package dev.plumbline.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.stream.Stream;

/**
 * A file's new content, beside it and on disk already, that takes its place in one step: whoever
 * reads, and whoever looks after a crash, finds the old content or the new, never a part.
 */
final class Replacement implements AutoCloseable {
  private static final String BEGINNING = ".plumb-";
  private static final String ENDING = ".tmp";

  private final Path file;
  private final Path content;

  /** Locked for as long as this process works on it, so that others leave it alone. */
  private final FileChannel channel;

  private Replacement(Path file, Path content, FileChannel channel) {
    this.file = file;
    this.content = content;
    this.channel = channel;
  }

  /** Whether a file is the content of another one to be. */
  static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(BEGINNING) && name.endsWith(ENDING);
  }

  /** Removes what processes have left in a folder that died before it took its place. */
  static void sweep(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path stray : files.filter(Replacement::isOne).filter(Files::isRegularFile).toList()) {
        remove(stray);
      }
    } catch (IOException | UncheckedIOException unreadable) {
      // What cannot be looked at stays; the run does not depend on it.
    }
  }

  /** Unless somebody works on it, or nobody can know. */
  private static void remove(Path stray) {
    try (FileChannel open =
            FileChannel.open(stray, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = open.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(stray);
      }
    } catch (IOException | OverlappingFileLockException busy) {
      // It stays.
    }
  }

  /** Writes the content, with the owner and the permissions of the file that it will replace. */
  static Replacement beside(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no folder holds " + file);
    }
    Replacement replacement = locked(file, folder);
    try {
      replacement.fill(bytes);
      return replacement;
    } catch (IOException | RuntimeException failed) {
      try (replacement) {
        throw failed;
      }
    }
  }

  /** Another process may sweep it away before it is locked: then there is a next one. */
  private static Replacement locked(Path file, Path folder) throws IOException {
    while (true) {
      Path content = Files.createTempFile(folder, BEGINNING, ENDING);
      FileChannel channel = FileChannel.open(content, StandardOpenOption.WRITE);
      lock(channel);
      if (Files.exists(content)) {
        return new Replacement(file, content, channel);
      }
      channel.close();
    }
  }

  /** Where a file system knows no locks, nobody can sweep there either. */
  private static void lock(FileChannel channel) {
    try {
      channel.lock();
    } catch (IOException | OverlappingFileLockException without) {
      // It is written all the same.
    }
  }

  private void fill(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    keepPermissions();
    channel.force(true);
  }

  private void keepPermissions() throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (old == null) {
      return;
    }
    PosixFileAttributes was = old.readAttributes();
    PosixFileAttributeView now = Files.getFileAttributeView(content, PosixFileAttributeView.class);
    if (!now.readAttributes().owner().equals(was.owner())) {
      now.setOwner(was.owner());
    }
    if (!now.readAttributes().group().equals(was.group())) {
      now.setGroup(was.group());
    }
    now.setPermissions(was.permissions());
  }

  /** Puts the content in the file's place; the folder is on disk too when this returns. */
  void take() throws IOException {
    Files.move(content, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder();
  }

  /** Windows cannot open a folder, and needs no such thing. */
  private void syncFolder() throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path folder = file.toAbsolutePath().getParent();
    if (posix && folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(content);
    }
  }
}
