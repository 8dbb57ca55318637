package dev.plumbline.migration;

import java.util.Locale;

/** The six steps of a migration, in the order in which they are taken. */
public enum Step {
  EXPECT,
  SCHEMA,
  BACKFILL,
  VERIFY,
  CONSTRAIN,
  DOCUMENT;

  /** The word that a file and the journal have for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
