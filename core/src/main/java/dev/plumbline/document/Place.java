package dev.plumbline.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a value stands: a key, and the place of what it is a key of. The root has none. */
record Place(@Nullable Place above, String key) {
  static final Place ROOT = new Place(null, "");

  Place at(String inner) {
    return new Place(this, inner);
  }

  List<String> keys() {
    Deque<String> keys = new ArrayDeque<>();
    for (Place place = this; place.above != null; place = place.above) {
      keys.addFirst(place.key);
    }
    return new ArrayList<>(keys);
  }

  @Override
  public String toString() {
    return PathText.of(keys());
  }
}
