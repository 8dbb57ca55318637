package dev.plumbline.project;

import dev.plumbline.project.YamlNode.Mapping;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which keys an invariant's file may hold: those of its kind and those that the kinds share. */
enum InvariantKeys {
  DERIVE,
  EVERY,
  NONE,
  AGREE,
  EXIST;

  /** What the map under {@code agree} holds. */
  static final List<String> SIDES = List.of("left", "right", "by");

  static final List<String> TOLERATE = List.of("warn", "fail");
  static final List<String> COVERAGE = List.of("warn");

  private static final List<String> OF_ALL =
      List.of(
          "says", "tolerate", "severity", "owner", "schedule", "alert", "revision", "auto_repair");

  /** What makes sense where violations are rows, not objects of the schema. */
  private static final List<String> OF_ROWS =
      List.of("where", "segment", "recent", "show", "batch", "repair");

  /** The kind's own keys; the presence of the first decides the kind. */
  private List<String> own() {
    return switch (this) {
      case DERIVE -> List.of("derive", "table", "from", "by", "empty", "key");
      case EVERY -> List.of("every", "has", "match", "with", "insert", "coverage");
      case NONE -> List.of("none", "of", "key");
      case AGREE -> List.of("agree");
      case EXIST -> List.of("exist");
    };
  }

  /** The key that decides the kind. */
  String word() {
    return own().getFirst();
  }

  /** Every key that a file of this kind may hold. */
  Set<String> all() {
    Set<String> keys = new LinkedHashSet<>(own());
    keys.addAll(this == EXIST ? List.of() : OF_ROWS);
    keys.addAll(OF_ALL);
    return keys;
  }

  /** The kind with this word. */
  static Optional<InvariantKeys> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(InvariantKeys::word).toList();
  }

  /** Every key of any kind. */
  static Set<String> ofAnyKind() {
    Set<String> keys = new LinkedHashSet<>();
    for (InvariantKeys kind : values()) {
      keys.addAll(kind.all());
    }
    return keys;
  }

  /**
   * The keys that go with the kind that a map decides; the words of all kinds where it does not.
   */
  static Collection<String> ofKindsIn(YamlNode root) {
    List<InvariantKeys> kinds =
        root instanceof Mapping map
            ? map.entries().stream().flatMap(entry -> of(entry.key().value()).stream()).toList()
            : List.of();
    return kinds.size() == 1 ? kinds.getFirst().all() : words();
  }

  /** The words of the kinds that know a key. */
  static List<String> kindsWith(String key) {
    return Arrays.stream(values())
        .filter(kind -> kind.all().contains(key))
        .map(InvariantKeys::word)
        .toList();
  }
}
