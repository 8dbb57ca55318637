package dev.plumbline.error;

/** What a failure of the database means for the work that met it. */
public enum FailureKind {
  /**
   * A deadlock, a serialization failure, a lock not granted in time: the same again may succeed.
   */
  CONTENTION,
  /** A statement took longer than its timeout: a smaller batch may succeed. */
  TIMEOUT,
  /** The connection or the server is gone. */
  CONNECTION,
  /** The data refused: a constraint, a conversion, an error raised by a trigger. */
  DATA,
  /** A privilege is missing. */
  PERMISSION,
  /** The server, the file or the role only allows reading. */
  READ_ONLY,
  /** The SQL or an object that it names is wrong. */
  DEFINITION,
  /** The server lacks disk, memory or connections. */
  RESOURCES,
  /** Anything else. */
  OTHER
}
