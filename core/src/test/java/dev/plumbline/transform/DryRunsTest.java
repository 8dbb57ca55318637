package dev.plumbline.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the snapshots of dry runs are kept. */
class DryRunsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path project;
  private DocumentsJournal journal;

  @BeforeEach
  void dryRuns() throws IOException {
    journal = new DocumentsJournal(project);
    assertThat(journal.dryRuns().plan(name -> Duration.ZERO, NOW).items()).isEmpty();
    dryRun("old", 31);
    dryRun("young", 29);
    RunFolder.at(journal.planFolder("column")); // without snapshots
  }

  private void dryRun(String transform, int days) throws IOException {
    RunFolder folder = RunFolder.emptied(journal.planFolder(transform));
    for (String id : new String[] {"1", "2", "3"}) {
      folder.planned(
          id, Map.of("doc", Optional.of("secret")), Map.of("doc", Optional.of("secret")));
    }
    Path snapshots = folder.path().resolve("snapshots");
    Files.writeString(folder.path().resolve("summary.json"), "{}");
    try (Stream<Path> files = Files.list(snapshots)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(days))));
      }
    }
  }

  private DryRuns.Plan plan() {
    return journal.dryRuns().plan(name -> Duration.ofDays(30), NOW);
  }

  @Test
  void those_that_are_old_enough_go_and_leave_the_summary() {
    DryRuns.Plan plan = plan();
    assertThat(plan.young()).isEqualTo(1);
    assertThat(plan.items())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.transform()).isEqualTo("old");
              assertThat(item.documents()).isEqualTo(3);
              assertThat(item.madeAt()).isEqualTo(NOW.minus(Duration.ofDays(31)));
            });
    Path folder = journal.planFolder("old");
    assertThat(folder.resolve("snapshots")).as("a plan deletes nothing").isNotEmptyDirectory();
    plan.items().forEach(journal.dryRuns()::forget);
    assertThat(folder.resolve("snapshots")).isEmptyDirectory();
    assertThat(folder.resolve("summary.json")).exists();
    assertThat(journal.planFolder("young").resolve("snapshots")).isNotEmptyDirectory();
    assertThat(plan().items()).isEmpty();
  }

  @Test
  void one_that_was_made_after_the_plan_stays() throws IOException {
    DryRuns.Plan plan = plan();
    dryRun("old", 0);
    plan.items().forEach(journal.dryRuns()::forget);
    assertThat(journal.planFolder("old").resolve("snapshots")).isNotEmptyDirectory();
  }
}
