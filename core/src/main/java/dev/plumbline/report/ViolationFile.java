package dev.plumbline.report;

import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.ViolationSink;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that takes every violation as it is read; memory stays flat. It appears under its name
 * only when it is complete. Used by one thread.
 */
public abstract sealed class ViolationFile implements ViolationSink, AutoCloseable
    permits CsvViolations, JsonViolations {
  private final Path target;
  private final Path unfinished;

  ViolationFile(Path target) {
    this.target = target;
    this.unfinished = target.resolveSibling(target.getFileName() + ".part");
  }

  /**
   * A file of the kind that the name's ending tells: {@code .csv}, {@code .jsonl} or {@code
   * .ndjson} (one object a line), {@code .json} (one array).
   *
   * @param several whether several invariants are audited, and each row has to name its own
   * @throws PlumblineException (usage) for any other ending
   */
  public static ViolationFile create(Path target, boolean several) {
    String name = String.valueOf(target.getFileName());
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "csv" -> new CsvViolations(target, several);
      case "jsonl", "ndjson" -> new JsonViolations(target, several, false);
      case "json" -> new JsonViolations(target, several, true);
      default ->
          throw new PlumblineException(
              ErrorCode.USAGE,
              "The ending of `" + target + "` tells no format that violations can be written in.",
              "Nothing was looked at or written.",
              "Name the file .csv, .jsonl (one object a line) or .json (one array).");
    };
  }

  /** Where the violations are collected until the file is complete. */
  final Path unfinished() {
    return unfinished;
  }

  /** Writes what is still missing and gives the file its name. */
  public final void finish(AuditReport report) {
    try {
      complete(report);
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  abstract void complete(AuditReport report) throws IOException;

  /** The file system refused. */
  final PlumblineException failed(IOException cause) {
    return UnwritableFile.error("The violations", target, cause);
  }

  /** Leaves nothing half-written behind. */
  @Override
  public void close() {
    try {
      release();
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  abstract void release() throws IOException;
}
