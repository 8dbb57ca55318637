package dev.plumbline.lint;

import java.util.OptionalLong;

/** What a live database tells about its tables. */
public interface LiveTables {

  /** Whether there is such a table or view. */
  boolean exists(Relation table);

  /** About how many rows a table has, as the server's statistics have it; empty if unknown. */
  OptionalLong rows(Relation table);

  /** Whether row-level security binds the table's owner too. */
  boolean forcesRowSecurity(Relation table);
}
