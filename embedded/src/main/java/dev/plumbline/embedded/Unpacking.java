package dev.plumbline.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks an archive once per user. The finished directory appears by one rename, so that whoever
 * sees it sees all of it; a lock keeps two processes from doing the work at once.
 */
final class Unpacking {
  private static final int EXECUTABLE_BY_OWNER = 0100;

  private Unpacking() {}

  /** Returns {@code cache/name}, unpacked now or earlier. */
  static Path unpack(Path cache, String name, Binaries.Archive archive) {
    Path home = cache.resolve(name);
    if (Files.isDirectory(home)) {
      return home;
    }
    try {
      Files.createDirectories(cache);
      unpackLocked(home, archive);
      return home;
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "PostgreSQL's programs could not be unpacked into " + home + ": " + e,
          "Nothing was started; a half-unpacked copy is never used.",
          "Make room or give write permission there, or set XDG_CACHE_HOME to another directory.",
          e);
    }
  }

  /** Synchronized because file locks exclude other processes, not other threads. */
  private static synchronized void unpackLocked(Path home, Binaries.Archive archive)
      throws IOException {
    Path lockFile = home.resolveSibling(home.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock ignored = channel.lock()) {
      if (Files.isDirectory(home)) {
        return;
      }
      Path part = home.resolveSibling(home.getFileName() + ".part");
      FileTree.delete(part);
      extract(archive, part);
      Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void extract(Binaries.Archive archive, Path into) throws IOException {
    try (InputStream file = archive.open();
        InputStream xz = new XZInputStream(new BufferedInputStream(file));
        TarArchiveInputStream tar = new TarArchiveInputStream(xz)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        extract(entry, tar, into);
      }
    }
  }

  private static void extract(TarArchiveEntry entry, InputStream content, Path into)
      throws IOException {
    Path target = into.resolve(entry.getName()).normalize();
    if (!target.startsWith(into)) {
      throw new IOException("the archive has an entry outside of itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    boolean executable = (entry.getMode() & EXECUTABLE_BY_OWNER) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }
}
