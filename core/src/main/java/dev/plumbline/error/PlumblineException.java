package dev.plumbline.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of every error that Plumbline reports. It has three parts: what happened, what is safe
 * or already done, and what to do next.
 */
public class PlumblineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String safe;
  private final String next;

  public PlumblineException(
      ErrorCode code, String what, String safe, String next, @Nullable Throwable cause) {
    super(what, cause);
    this.code = code;
    this.safe = safe;
    this.next = next;
  }

  public PlumblineException(ErrorCode code, String what, String safe, String next) {
    this(code, what, safe, next, null);
  }

  /** Who must act. */
  public ErrorCode code() {
    return code;
  }

  /** What happened, in the user's names. */
  public String what() {
    return String.valueOf(getMessage());
  }

  /** What is safe or already done. */
  public String safe() {
    return safe;
  }

  /** What to do next. */
  public String next() {
    return next;
  }
}
