package dev.plumbline.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key where the invariant does not hold. The values stand in the order of the columns of the
 * {@link AuditResult}; each is the database's text of it, null for NULL.
 */
public record Violation(List<@Nullable String> values) {
  public Violation {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }
}
