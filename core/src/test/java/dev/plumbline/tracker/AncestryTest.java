package dev.plumbline.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AncestryTest {

  private static ToolFile file(String revision, String... after) {
    return ToolFile.of(revision, "", Path.of(revision + ".py"))
        .following(List.of(after), List.of());
  }

  @Test
  void each_comes_after_those_it_builds_on() {
    Ancestry ancestry = Ancestry.of(List.of(file("c", "b"), file("b", "a"), file("a")));
    assertThat(ancestry.ordered()).extracting(ToolFile::revision).containsExactly("a", "b", "c");
    assertThat(ancestry.heads(ancestry.withAncestors(List.of("c")))).containsExactly("c");
    assertThat(ancestry.flaws()).isEmpty();
  }

  @Test
  void a_circle_is_told_and_loses_nothing() {
    Ancestry ancestry =
        Ancestry.of(List.of(file("a", "b"), file("b", "a"), file("c", "b"), file("d")));
    assertThat(ancestry.ordered()).hasSize(4);
    assertThat(ancestry.withAncestors(List.of("c"))).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(ancestry.flaws())
        .containsExactly("These build on each other in a circle, or on one that does: a, b, c.");
  }

  @Test
  void a_missing_predecessor_is_told() {
    List<ToolFile> files = List.of(file("b", "a"), file("b", "a"));
    assertThat(Trackers.flaws(files))
        .containsExactly(
            "Revision b is in b.py and in b.py.", "b builds on a, which is not there.");
  }
}
