package dev.plumbline.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Claims in the order in which they were made. A history makes thousands, of which a statement
 * touches few: so they are found by what they are called, by the table that they are on, and by the
 * words in them. Not thread-safe.
 */
final class ClaimList {
  /** A claim keeps its place for good; the place of one that was given up stays empty. */
  private final List<@Nullable Claim> places = new ArrayList<>();

  private final Map<String, Set<Integer>> named = new HashMap<>();
  private final Map<Member, Set<Integer>> members = new HashMap<>();
  private final Map<String, Set<Integer>> onTable = new HashMap<>();
  private final Map<String, Set<Integer>> mentioning = new HashMap<>();
  private final Set<Integer> absent = new LinkedHashSet<>();

  List<Claim> inOrder() {
    return places.stream().<Claim>flatMap(Stream::ofNullable).toList();
  }

  void add(Claim claim) {
    places.add(null);
    put(places.size() - 1, claim);
  }

  // --- which of them --------------------------------------------------------------------------

  Some all() {
    return new Some(IntStream.range(0, places.size()).boxed().toList());
  }

  /** Those about an object of this bare name. */
  Some named(String name) {
    return some(named, name);
  }

  /** Those among which all are that may be about the object. */
  Some about(Subject object) {
    String name = object.name().name();
    Member member = Member.of(object);
    return member.table().isEmpty()
        ? some(named, name)
        : both(members, member, members, new Member("", name));
  }

  /** What {@link Subject#match} goes by, but for the schema. */
  record Member(String table, String name) {
    static Member of(Subject subject) {
      boolean belongs = subject.kind() != Kind.INDEX && subject.on().isPresent();
      return new Member(belongs ? subject.on().orElseThrow().name() : "", subject.name().name());
    }
  }

  /** Those about what belongs to a table of this bare name. */
  Some on(String table) {
    return some(onTable, table);
  }

  /** Those about an object of this bare name, or about what belongs to a table of this name. */
  Some namedOrOn(String name) {
    return both(named, name, onTable, name);
  }

  /** Those in whose detail or types the word stands. */
  Some mentioning(String word) {
    return some(mentioning, word);
  }

  Some absent() {
    return new Some(List.copyOf(absent));
  }

  private Some some(Map<String, Set<Integer>> index, String key) {
    return new Some(List.copyOf(index.getOrDefault(key, Set.of())));
  }

  private <A, B> Some both(
      Map<A, Set<Integer>> index, A key, Map<B, Set<Integer>> otherIndex, B otherKey) {
    Set<Integer> both = new LinkedHashSet<>(index.getOrDefault(key, Set.of()));
    both.addAll(otherIndex.getOrDefault(otherKey, Set.of()));
    return new Some(List.copyOf(both));
  }

  /** Some of the claims. What is done to them does not change which they are. */
  final class Some {
    private final List<Integer> chosen;

    private Some(List<Integer> chosen) {
      this.chosen = chosen;
    }

    List<Claim> where(Predicate<Claim> which) {
      return there().filter(which).toList();
    }

    boolean any(Predicate<Claim> which) {
      return there().anyMatch(which);
    }

    private Stream<Claim> there() {
      return chosen.stream().flatMap(place -> Stream.ofNullable(places.get(place)));
    }

    void forget(Predicate<Claim> which) {
      for (int place : chosen) {
        Claim claim = places.get(place);
        if (claim != null && which.test(claim)) {
          put(place, null);
        }
      }
    }

    void change(UnaryOperator<Claim> change) {
      for (int place : chosen) {
        Claim claim = places.get(place);
        if (claim != null) {
          put(place, change.apply(claim));
        }
      }
    }
  }

  // --- back to earlier ------------------------------------------------------------------------

  /** The claims at one time, each in its place. */
  record Moment(List<@Nullable Claim> places) {}

  Moment now() {
    return new Moment(new ArrayList<>(places));
  }

  void restore(Moment earlier) {
    for (int place = 0; place < places.size(); place++) {
      put(place, place < earlier.places.size() ? earlier.places.get(place) : null);
    }
  }

  /** Gives up what was made or touched since. */
  void keepOnly(Moment earlier) {
    for (int place = 0; place < places.size(); place++) {
      if (place >= earlier.places.size() || places.get(place) != earlier.places.get(place)) {
        put(place, null);
      }
    }
  }

  // --- places ---------------------------------------------------------------------------------

  private void put(int place, @Nullable Claim claim) {
    Claim before = places.get(place);
    if (claim == before) {
      return;
    }
    if (before != null) {
      indexes(before).forEach(index -> index.remove(place));
    }
    if (claim != null) {
      indexes(claim).forEach(index -> index.add(place));
    }
    places.set(place, claim);
  }

  /** Where a claim is noted. */
  private Stream<Set<Integer>> indexes(Claim claim) {
    Subject subject = claim.subject();
    List<Set<Integer>> found = new ArrayList<>();
    found.add(index(named, subject.name().name()));
    found.add(index(members, Member.of(subject)));
    subject.on().ifPresent(table -> found.add(index(onTable, table.name())));
    if (claim instanceof Claim.Absent) {
      found.add(absent);
    }
    Stream<Set<Integer>> words = words(claim).stream().map(word -> index(mentioning, word));
    return Stream.concat(found.stream(), words);
  }

  private static <K> Set<Integer> index(Map<K, Set<Integer>> all, K key) {
    return all.computeIfAbsent(key, k -> new LinkedHashSet<>());
  }

  private static Set<String> words(Claim claim) {
    Set<String> words = Trees.words(claim.detail());
    claim.subject().arguments().stream()
        .flatMap(List::stream)
        .map(TypeShape::name)
        .forEach(words::add);
    if (claim instanceof Claim.ColumnExists column) {
      column.type().map(TypeShape::name).ifPresent(words::add);
    }
    if (claim instanceof Claim.SqliteObject object) {
      words.addAll(object.body());
    }
    return words;
  }
}
