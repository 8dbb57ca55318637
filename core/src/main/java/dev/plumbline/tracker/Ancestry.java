package dev.plumbline.tracker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which migration builds on which, where the files say so. Circles and gaps are told, not fatal.
 */
final class Ancestry {
  private final Map<String, ToolFile> files = new LinkedHashMap<>();
  private final List<ToolFile> ordered = new ArrayList<>();
  private final List<String> flaws = new ArrayList<>();

  private Ancestry(List<ToolFile> given) {
    given.forEach(file -> files.putIfAbsent(file.revision(), file));
    order();
  }

  static Ancestry of(List<ToolFile> files) {
    return new Ancestry(files);
  }

  /** Each after those it builds on, else as given. */
  private void order() {
    Set<String> placed = new LinkedHashSet<>();
    List<ToolFile> waiting = new ArrayList<>(files.values());
    while (!waiting.isEmpty()) {
      List<ToolFile> ready =
          waiting.stream().filter(file -> placed.containsAll(present(file))).toList();
      if (ready.isEmpty()) {
        flaws.add(
            "These build on each other in a circle, or on one that does: "
                + String.join(", ", waiting.stream().map(ToolFile::revision).toList())
                + ".");
        ready = List.copyOf(waiting);
      }
      ready.forEach(file -> placed.add(file.revision()));
      ordered.addAll(ready);
      waiting.removeAll(ready);
    }
    for (ToolFile file : files.values()) {
      for (String parent : file.after()) {
        if (!files.containsKey(parent)) {
          flaws.add("%s builds on %s, which is not there.".formatted(file.revision(), parent));
        }
      }
    }
  }

  private List<String> present(ToolFile file) {
    return file.after().stream().filter(files::containsKey).toList();
  }

  /** All files, each after those it builds on. */
  List<ToolFile> ordered() {
    return List.copyOf(ordered);
  }

  List<String> flaws() {
    return List.copyOf(flaws);
  }

  Optional<ToolFile> file(String revision) {
    return Optional.ofNullable(files.get(revision));
  }

  /** Some revisions and all that they build on; those without a file are among them. */
  Set<String> withAncestors(List<String> revisions) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> left = new ArrayDeque<>(revisions);
    while (!left.isEmpty()) {
      String revision = left.pop();
      if (found.add(revision)) {
        file(revision).ifPresent(file -> file.after().forEach(left::push));
      }
    }
    return found;
  }

  /** Those of a set on which no other of the set builds. */
  List<String> heads(Set<String> revisions) {
    Set<String> builtOn = new LinkedHashSet<>();
    for (String revision : revisions) {
      file(revision).ifPresent(file -> builtOn.addAll(file.after()));
    }
    return revisions.stream().filter(revision -> !builtOn.contains(revision)).toList();
  }
}
