package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.document.PathPattern.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the values at some paths, each place once. For any number of threads. */
final class PathMatcher {
  private final List<Path> paths;
  private final List<Path> except;
  private final List<String> names;
  private final boolean mayOverlap;
  private final boolean allBelongToTheFirstKey;

  /** A pattern ready to be followed. */
  private record Path(List<Step> steps) {}

  /**
   * A segment of it.
   *
   * @param key the only key; empty text with {@code glob} where there are several
   * @param slot where its key is remembered; -1: nowhere
   */
  private record Step(Kind kind, String key, Glob glob, int slot) {}

  private enum Kind {
    KEY,
    LIKE,
    ANY_DEPTH
  }

  PathMatcher(Preserve.Values.At at) {
    this.names =
        at.patterns().stream()
            .flatMap(pattern -> pattern.names().stream())
            .distinct()
            .sorted()
            .toList();
    this.paths = at.patterns().stream().map(this::path).toList();
    this.except = at.except().stream().map(this::path).toList();
    this.mayOverlap = mayOverlap(at.patterns());
    this.allBelongToTheFirstKey = allBelongToTheFirstKey(paths);
  }

  private Path path(PathPattern pattern) {
    return new Path(pattern.segments().stream().map(this::step).toList());
  }

  private Step step(Segment segment) {
    return switch (segment) {
      case Segment.Key key -> new Step(Kind.KEY, key.key(), Glob.ANY, -1);
      case Segment.Like like ->
          new Step(Kind.LIKE, "", Glob.of(like.glob()), names.indexOf(like.name()));
      case Segment.AnyDepth any -> new Step(Kind.ANY_DEPTH, "", Glob.ANY, -1);
    };
  }

  /** Whether one place may be found twice: by two patterns, or in two ways by one. */
  private static boolean mayOverlap(List<PathPattern> patterns) {
    for (PathPattern one : patterns) {
      if (one.segments().stream().filter(Segment.AnyDepth.class::isInstance).count() > 1) {
        return true;
      }
      for (PathPattern other : patterns) {
        if (!one.equals(other) && !areApart(one.segments(), other.segments())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean areApart(List<Segment> one, List<Segment> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (one.get(i) instanceof Segment.AnyDepth || other.get(i) instanceof Segment.AnyDepth) {
        return false;
      }
      if (one.get(i) instanceof Segment.Key key
          && other.get(i) instanceof Segment.Key there
          && !key.equals(there)) {
        return true;
      }
    }
    return one.size() != other.size()
        && one.stream().noneMatch(Segment.AnyDepth.class::isInstance)
        && other.stream().noneMatch(Segment.AnyDepth.class::isInstance);
  }

  /**
   * The values.
   *
   * @param untouched keys of the whole document that may be passed over where everything under one
   *     of them belongs to it: found in both documents alike, it need not be compared
   */
  List<Found> find(JsonNode document, Set<String> untouched) {
    Search search = new Search(allBelongToTheFirstKey ? untouched : Set.of());
    for (Path path : paths) {
      search.follow(path.steps(), 0, document, Place.ROOT);
    }
    return search.found;
  }

  private static boolean allBelongToTheFirstKey(List<Path> paths) {
    int slot = paths.getFirst().steps().getFirst().slot();
    return slot >= 0
        && paths.stream().allMatch(path -> path.steps().getFirst().slot() == slot)
        && paths.stream()
            .allMatch(path -> path.steps().stream().filter(s -> s.slot() == slot).count() == 1);
  }

  /** One document's. */
  private final class Search {
    private final List<Found> found = new ArrayList<>();
    private final Set<List<String>> places = new HashSet<>();
    private final String[] belongs = new String[names.size()];
    private final Set<String> untouched;

    Search(Set<String> untouched) {
      this.untouched = untouched;
      Arrays.fill(belongs, "");
    }

    void follow(List<Step> steps, int at, JsonNode value, Place place) {
      if (at == steps.size()) {
        take(value, place);
        return;
      }
      Step step = steps.get(at);
      switch (step.kind()) {
        case KEY -> {
          JsonNode inner = inner(value, step.key());
          if (inner != null) {
            follow(steps, at + 1, inner, place.at(step.key()));
          }
        }
        case LIKE ->
            each(
                value,
                (key, inner) -> {
                  boolean passedOver = place.above() == null && untouched.contains(key);
                  if (!passedOver && step.glob().matches(key)) {
                    remember(step.slot(), key);
                    follow(steps, at + 1, inner, place.at(key));
                  }
                });
        case ANY_DEPTH -> {
          follow(steps, at + 1, value, place);
          each(value, (key, inner) -> follow(steps, at, inner, place.at(key)));
        }
      }
    }

    private void remember(int slot, String key) {
      if (slot >= 0) {
        belongs[slot] = key;
      }
    }

    private void take(JsonNode value, Place place) {
      boolean again = mayOverlap && !places.add(place.keys());
      if (!again && (except.isEmpty() || !isExcepted(place.keys()))) {
        found.add(new Found(List.of(belongs.clone()), value, place));
      }
    }
  }

  private boolean isExcepted(List<String> keys) {
    for (Path path : except) {
      if (meets(path.steps(), 0, keys, 0)) {
        return true;
      }
    }
    return false;
  }

  private static boolean meets(List<Step> steps, int at, List<String> keys, int key) {
    if (at == steps.size()) {
      return key == keys.size();
    }
    Step step = steps.get(at);
    if (step.kind() == Kind.ANY_DEPTH) {
      return meets(steps, at + 1, keys, key)
          || (key < keys.size() && meets(steps, at, keys, key + 1));
    }
    if (key == keys.size()) {
      return false;
    }
    boolean here =
        step.kind() == Kind.KEY
            ? step.key().equals(keys.get(key))
            : step.glob().matches(keys.get(key));
    return here && meets(steps, at + 1, keys, key + 1);
  }

  /** What to do with each key of an object, or index of an array. */
  private interface Each {
    void take(String key, JsonNode value);
  }

  private static void each(JsonNode value, Each each) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        each.take(entry.getKey(), entry.getValue());
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        each.take(Integer.toString(i), value.get(i));
      }
    }
  }

  private static @org.jspecify.annotations.Nullable JsonNode inner(JsonNode value, String key) {
    if (value.isArray() && key.matches("0|[1-9][0-9]{0,8}")) {
      return value.get(Integer.parseInt(key));
    }
    return value.get(key);
  }
}
