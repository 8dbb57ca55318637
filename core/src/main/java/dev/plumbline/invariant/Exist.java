package dev.plumbline.invariant;

import dev.plumbline.dialect.Fragment;
import java.util.List;

/**
 * Schema objects are there, as written.
 *
 * @param objects the statements that create them
 */
public record Exist(Terms terms, List<Fragment> objects) implements Invariant {
  public Exist {
    objects = List.copyOf(objects);
  }
}
