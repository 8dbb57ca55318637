package dev.plumbline.parser;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The few fields of a node, in order. Trees have a hundred nodes for a line of SQL, and a map made
 * for many entries would need three times the memory of the whole tree.
 */
final class FieldMap extends AbstractMap<String, Node> {
  private final List<String> names;
  private final Node[] values;

  FieldMap(List<String> names, List<Node> values) {
    this.names = names;
    this.values = values.toArray(Node[]::new);
  }

  @Override
  public @Nullable Node get(@Nullable Object name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Map.Entry<String, Node>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Node>> iterator() {
        return entries();
      }

      @Override
      public int size() {
        return names.size();
      }
    };
  }

  private Iterator<Map.Entry<String, Node>> entries() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < names.size();
      }

      @Override
      public Map.Entry<String, Node> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return Map.entry(names.get(next), values[next++]);
      }
    };
  }
}
