package dev.plumbline.migration;

/**
 * A lock that a statement takes on a table, and keeps until its transaction ends.
 *
 * @param table as the statement names it
 */
public record TableLock(String table, Mode mode) {

  /**
   * PostgreSQL's lock modes, weakest first (<a
   * href="https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES">table-level
   * locks</a>).
   */
  public enum Mode {
    ACCESS_SHARE("nobody but changes of the schema"),
    ROW_SHARE("nobody but changes of the schema"),
    ROW_EXCLUSIVE("nobody but changes of the schema"),
    SHARE_UPDATE_EXCLUSIVE("other changes of the schema only"),
    SHARE("writes"),
    SHARE_ROW_EXCLUSIVE("writes"),
    EXCLUSIVE("writes"),
    ACCESS_EXCLUSIVE("reads and writes");

    private final String blocks;

    Mode(String blocks) {
      this.blocks = blocks;
    }

    /** Whom it keeps waiting. */
    public String blocks() {
      return blocks;
    }

    /** As PostgreSQL writes it. */
    public String words() {
      return name().replace('_', ' ');
    }

    /** Whether the site's own reads or writes wait for it. */
    public boolean disturbs() {
      return compareTo(SHARE) >= 0;
    }
  }
}
