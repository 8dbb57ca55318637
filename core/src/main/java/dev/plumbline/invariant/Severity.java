package dev.plumbline.invariant;

/** What a failed audit means. */
public enum Severity {
  ERROR,
  /** Never exits above 1. */
  WARN
}
