package dev.plumbline.invariant;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Name;
import java.util.List;

/**
 * Two queries say the same, key by key.
 *
 * @param by the columns by which the two are joined
 */
public record Agree(Terms terms, Fragment left, Fragment right, List<Name> by)
    implements Invariant {
  public Agree {
    by = List.copyOf(by);
  }
}
