package dev.plumbline.backup;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.Backups;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A backup's file. While it is written and checked its name ends in {@code .part}; closed without
 * having been kept, it is deleted. Only its owner may read it, from the first byte on.
 */
final class BackupFile implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int RANDOM_BYTES = 3;

  private final Path file;
  private final Path part;

  private BackupFile(Path file, Path part) {
    this.file = file;
    this.part = part;
  }

  /** Makes the empty file; two that begin at once get two. */
  static BackupFile begin(Path folder, String name, String ending, Clock clock) {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String unique = TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(random);
    Path file = folder.resolve(name.replaceAll("[^\\w.-]", "_") + "-" + unique + ending);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(folder);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    return new BackupFile(file, part);
  }

  /** Where the backup is written to. */
  Path path() {
    return part;
  }

  /** It has been checked: it is on the disk and bears its name. */
  Backups.Entry keep(String madeWith, String checked) {
    try {
      if (Files.size(part) == 0) { // a command of the user's keeps it elsewhere
        return new Backups.Entry(
            madeWith, checked, Optional.empty(), OptionalLong.empty(), Optional.empty());
      }
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      String digest = sha256(part);
      long bytes = Files.size(part);
      Files.move(part, file);
      return new Backups.Entry(
          madeWith,
          checked,
          Optional.of(file.toAbsolutePath().toString()),
          OptionalLong.of(bytes),
          Optional.of(digest));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static PlumblineException unwritable(Path path, IOException cause) {
    return new PlumblineException(
        cause instanceof AccessDeniedException ? ErrorCode.DENIED : ErrorCode.FAILED,
        "No backup could be written to " + path + ": " + FileRefusal.of(cause),
        "Nothing was changed in the database: without its backup the change does not begin.",
        "See that the folder can be made and written to and has room, or name another in `backup`"
            + " of plumb.yaml.",
        cause);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw unwritable(part, e);
    }
  }
}
