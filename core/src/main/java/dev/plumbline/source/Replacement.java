package dev.plumbline.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * A file's new content, beside it and on disk already, that takes its place in one step: whoever
 * reads, and whoever looks after a crash, finds the old content or the new, never a part.
 */
final class Replacement implements AutoCloseable {
  private final Path file;
  private final Path content;

  private Replacement(Path file, Path content) {
    this.file = file;
    this.content = content;
  }

  /** Writes the content, with the owner and the permissions of the file that it will replace. */
  static Replacement beside(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no folder holds " + file);
    }
    Path content = Files.createTempFile(folder, ".plumb-", ".tmp");
    Replacement replacement = new Replacement(file, content);
    try {
      replacement.fill(bytes);
      return replacement;
    } catch (IOException | RuntimeException failed) {
      try (replacement) {
        throw failed;
      }
    }
  }

  private void fill(byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(content, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      keepPermissions();
      channel.force(true);
    }
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
    Files.deleteIfExists(content);
  }
}
