package dev.plumbline.backup;

import java.nio.file.Path;

/** One way to make a backup, and to be sure of it. */
sealed interface Taker permits SqliteCopy, PostgresDump, UserCommand {

  /**
   * What makes it, with its version.
   *
   * @throws dev.plumbline.error.PlumblineException if it could not be made here
   */
  String madeWith();

  /** The ending of the files that it writes, with its dot. */
  String ending();

  /**
   * Writes a backup and checks it.
   *
   * @param file empty, for its owner only
   * @return what was checked
   * @throws dev.plumbline.error.PlumblineException if it could not be made, or is none
   */
  String take(Path file);
}
