package dev.plumbline.audit;

/** What an audit says. */
public enum Verdict {
  HOLDS,
  WARNS,
  VIOLATED,
  /** The audit could not look, or may not have seen everything: never "all is well". */
  BLIND
}
