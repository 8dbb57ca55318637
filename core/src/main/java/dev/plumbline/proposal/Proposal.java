package dev.plumbline.proposal;

import java.util.List;

/**
 * An invariant that the catalogue suggests.
 *
 * @param name what its file is to be called
 * @param table the table that it is about, as people call it
 * @param columns those columns of it that the statement is about
 * @param says the statement in words
 * @param body the file's further lines
 * @param evidence what the rows must show before it is worth proposing
 */
record Proposal(
    String name, String table, List<String> columns, String says, String body, Evidence evidence) {
  Proposal {
    columns = List.copyOf(columns);
  }

  /** What the rows must show. */
  enum Evidence {
    /** Names and keys say enough. */
    NONE,
    /** Where there are rows, most of them must comply. */
    MOST_IF_ANY,
    /** There must be rows, and most of them must comply. */
    MOST
  }

  String yaml() {
    return "says: " + Yaml.text(says) + "\n" + body;
  }
}
