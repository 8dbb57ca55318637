package dev.plumbline.cli;

import dev.plumbline.error.ExitCode;

/** What a command of the command line does, once its arguments are read. */
@FunctionalInterface
interface Command {

  /**
   * Does it and prints what came of it.
   *
   * @throws dev.plumbline.error.PlumblineException if it cannot be done; the caller prints that
   */
  ExitCode run();
}
