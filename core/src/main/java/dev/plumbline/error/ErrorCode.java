package dev.plumbline.error;

/** Who must act on an error. The order is irrelevant; {@link ExitCode} ranks them. */
public enum ErrorCode {
  /** The command was typed wrongly. */
  USAGE,
  /** The database or service does not answer. */
  UNREACHABLE,
  /** Plumbline itself is wrong. */
  BUG,
  /** Somebody else holds what is needed: a lock, a lease, time. Trying again may succeed. */
  BUSY,
  /** A password, a privilege or row-level security stands in the way. */
  DENIED,
  /** Something in the project's files is wrong, a SQL error or a missing object included. */
  PROJECT,
  /** The data does not hold, or a run did not do what it should. */
  FAILED
}
