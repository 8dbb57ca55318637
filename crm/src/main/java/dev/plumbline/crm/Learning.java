package dev.plumbline.crm;

/**
 * When records are changed by someone else. The seed and a record's id decide whether it is one of
 * those; each of them is changed once, as soon as it was read.
 *
 * @param share of the records
 * @param moment after which kind of reading
 */
public record Learning(double share, long seed, Moment moment, Learner learner) {

  /** Between which two requests of a client the change falls. */
  public enum Moment {
    /** After a list or a search: who reads again before it writes sees the change. */
    AFTER_LIST,
    /**
     * After a read by id or in a batch, so it may fall between a client's last look and its write:
     * the CRM has no conditional write, and the change is lost then whatever the client does.
     */
    AFTER_READ
  }

  /** Nobody changes anything. */
  public static Learning none() {
    return new Learning(0, 0, Moment.AFTER_LIST, (record, mark) -> java.util.Optional.empty());
  }

  boolean picks(long id) {
    return Chance.of(seed + 4, id) < share;
  }
}
