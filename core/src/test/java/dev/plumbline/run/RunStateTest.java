package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStateTest {
  /** As DESIGN.md has them, written down a second time on purpose. */
  private static final Map<String, Set<String>> DESIGNED =
      Map.of(
          "planned", Set.of("running", "failed"),
          "running", Set.of("pausing", "verifying", "cancelling", "failed"),
          "pausing", Set.of("paused", "cancelling", "failed"),
          "paused", Set.of("running", "cancelling", "failed"),
          "verifying", Set.of("running", "succeeded", "cancelling", "failed"),
          "failed", Set.of("running"),
          "cancelling", Set.of("cancelled", "failed"),
          "succeeded", Set.of("failed"),
          "cancelled", Set.of());

  @ParameterizedTest
  @EnumSource
  void goes_where_the_design_says_and_nowhere_else(RunState from) {
    for (RunState to : RunState.values()) {
      assertThat(from.mayBecome(to))
          .as("%s → %s", from.word(), to.word())
          .isEqualTo(DESIGNED.get(from.word()).contains(to.word()));
    }
  }

  @Test
  void no_way_is_listed_twice_and_each_has_its_reason() {
    List<String> ways = new ArrayList<>();
    for (RunState.Arrow arrow : RunState.ARROWS) {
      ways.add(arrow.from() + " " + arrow.to());
      assertThat(arrow.reason()).isNotBlank();
    }
    assertThat(ways).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void every_active_state_may_fail_and_of_the_final_ones_only_success(RunState state) {
    assertThat(state.mayBecome(RunState.FAILED))
        .isEqualTo(state.active() || state == RunState.SUCCEEDED);
  }

  @ParameterizedTest
  @EnumSource
  void is_read_as_it_is_written(RunState state) {
    assertThat(RunState.of(state.word())).isEqualTo(state);
  }

  @Test
  void a_word_that_names_no_state_is_refused() {
    assertThatThrownBy(() -> RunState.of("interrupted"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("interrupted");
  }
}
