package dev.plumbline.error;

import java.util.Collection;
import java.util.List;

/** The exit codes of the command line, and which of several is the worst. */
public enum ExitCode {
  OK(0),
  WARNING(1),
  FAILED(2),
  USAGE(64),
  UNREACHABLE(69),
  BUG(70),
  BUSY(75),
  DENIED(77),
  PROJECT(78);

  /** Worst first: 64 is alone, since a wrong command line starts nothing else. */
  private static final List<ExitCode> WORST_FIRST =
      List.of(USAGE, BUG, UNREACHABLE, PROJECT, DENIED, BUSY, FAILED, WARNING, OK);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The process's exit status. */
  public int status() {
    return status;
  }

  /** The one exit code that stands for several things done at once; {@link #OK} for none. */
  public static ExitCode worst(Collection<ExitCode> codes) {
    return WORST_FIRST.stream().filter(codes::contains).findFirst().orElse(OK);
  }

  /** The exit code for an error that ended the command. */
  public static ExitCode of(ErrorCode code) {
    return switch (code) {
      case USAGE -> USAGE;
      case UNREACHABLE -> UNREACHABLE;
      case BUG -> BUG;
      case BUSY -> BUSY;
      case DENIED -> DENIED;
      case PROJECT -> PROJECT;
      case FAILED -> FAILED;
    };
  }
}
