package dev.plumbline.crm;

import java.util.Map;
import java.util.Optional;

/** Someone else who changes records while they are worked on. */
@FunctionalInterface
public interface Learner {

  /**
   * What this person changes in a record.
   *
   * @param mark a text that no other change has: whoever looks for it later finds this change
   * @return the new texts of some properties; empty: the record is left alone
   */
  Optional<Map<String, String>> changes(CrmRecord record, String mark);
}
