package dev.plumbline.proposal;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** The directory {@code invariants/proposed/}: what lies there is read by people only. */
public final class ProposedFiles {
  private ProposedFiles() {}

  /**
   * Writes each proposal into a file of its own; one that is there already stays as it is.
   *
   * @return the directory
   * @throws PlumblineException (denied) if the operating system does not let it be written
   */
  public static Path write(Path project, List<Proposed> proposals) {
    Path folder = project.resolve("invariants").resolve("proposed").normalize();
    try {
      Files.createDirectories(folder);
      for (Proposed proposed : proposals) {
        write(folder.resolve(proposed.name() + ".yaml"), text(proposed));
      }
    } catch (IOException e) {
      throw new PlumblineException(
          ErrorCode.DENIED,
          "The operating system does not let Plumbline write " + folder + ": " + FileRefusal.of(e),
          "The database was only read; no file was overwritten.",
          "Check the path and its permissions, then run the command again.",
          e);
    }
    return folder;
  }

  private static void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      // Somebody may have begun to edit it.
    }
  }

  private static String text(Proposed proposed) {
    return """
    # Proposed by `plumb init`, and not switched on: nothing reads this directory.
    # %s
    # If it is what you mean: mv invariants/proposed/%s.yaml invariants/
    %s"""
        .formatted(counted(proposed), proposed.name(), proposed.yaml());
  }

  private static String counted(Proposed proposed) {
    return proposed
        .counted()
        .map(
            c ->
                c.rows().isPresent()
                    ? String.format(
                        Locale.ROOT,
                        "Then %,d of %,d rows violated it.",
                        c.violations(),
                        c.rows().getAsLong())
                    : String.format(Locale.ROOT, "Then %,d keys violated it.", c.violations()))
        .orElse("It was not counted.");
  }
}
