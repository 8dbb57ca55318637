package dev.plumbline.lint;

import java.util.List;

/**
 * One thing that the lint looks for. It has a page of its own in {@code docs/lint/}. Immutable;
 * used by one thread at a time.
 */
public interface Rule {

  /** Its name, as findings, waivers and its page have it: words with hyphens. */
  String name();

  /** How much its findings usually matter. */
  Severity severity();

  /** What it looks for, in one sentence, for the table of rules. */
  String summary();

  /** What comes of it, in one or two sentences. */
  String harm();

  /** Whether it is a matter of taste, and looked for only where asked. */
  default boolean isStyle() {
    return false;
  }

  /** What it finds in a file, in any order. */
  List<Finding> check(LintFile file, Surroundings around);

  /** A finding at a change. */
  default Finding finding(LintFile file, Change change, String what) {
    return finding(file, change.offset(), what);
  }

  /** A finding at an offset of the file's text. */
  default Finding finding(LintFile file, int offset, String what) {
    return new Finding(
        name(),
        severity(),
        file.position(offset),
        offset,
        file.word(offset),
        what,
        harm(),
        java.util.Optional.empty());
  }
}
