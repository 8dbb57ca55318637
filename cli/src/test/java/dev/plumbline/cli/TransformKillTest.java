package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.crm.Change;
import dev.plumbline.crm.Change.By;
import dev.plumbline.crm.Contacts;
import dev.plumbline.crm.Contacts.Kind;
import dev.plumbline.crm.Content;
import dev.plumbline.crm.Crm;
import dev.plumbline.crm.CrmRecord;
import dev.plumbline.crm.CrmSettings;
import dev.plumbline.crm.Faults;
import dev.plumbline.crm.Learning;
import dev.plumbline.crm.Learning.Moment;
import dev.plumbline.crm.ProgressLearner;
import dev.plumbline.crm.RateLimits;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code kill -9} at random moments of a transform behind an API that fails, answers too late and
 * is used by others meanwhile: every document ends right, written once, and what others have
 * changed is not lost.
 */
class TransformKillTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1000, 2, 1"})
  void a_killed_transform_goes_on_and_every_document_is_written_once(
      int contacts, int kills, long seed) throws IOException {
    killAndCheck(contacts, kills, seed);
  }

  @Tag("torture")
  @ParameterizedTest
  @CsvSource({"20000, 10, 11", "20000, 10, 12"})
  void twenty_kills(int contacts, int kills, long seed) throws IOException {
    killAndCheck(contacts, kills, seed);
  }

  private void killAndCheck(int count, int kills, long seed) throws IOException {
    Path project = project();
    Contacts contacts = Contacts.of(Content.read(project.resolve("content")), count, seed);
    try (Crm crm = Crm.start(settings(seed))) {
      contacts.fill(crm);
      Map<Long, CrmRecord> before = records(crm);
      Random random = new Random(seed);
      strike(crm, transform(crm, project), random, count);
      for (int i = 1; i < kills; i++) {
        strike(crm, resume(crm, project), random, count);
      }
      JavaProcess.Result end = resume(crm, project).run();
      assertThat(end.exitCode()).as(end.stdout() + end.stderr()).isEqualTo(2);
      assertThat(end.stdout())
          .contains("%,d refused".formatted(contacts.counts().get(Kind.ASTRAY)));
      check(crm, contacts, before, end.stdout() + end.stderr());
    }
  }

  private static void check(
      Crm crm, Contacts contacts, Map<Long, CrmRecord> before, String output) {
    Map<Long, CrmRecord> after = records(crm);
    Map<Long, List<Change>> learnt =
        crm.changes().stream()
            .filter(change -> change.by() == By.LEARNER)
            .collect(Collectors.groupingBy(Change::id));
    assertThat(learnt).as("contacts changed by others meanwhile").isNotEmpty();
    for (Kind kind : Kind.values()) {
      for (long id : contacts.ids(kind)) {
        String was = before.get(id).text(Contacts.PROGRESS).orElse("");
        String is = after.get(id).text(Contacts.PROGRESS).orElse("");
        int writes = crm.clientWrites("contacts", id);
        if (kind == Kind.HIERARCHICAL) {
          assertThat(writes).as("writes of " + id + "\n" + output).isEqualTo(1);
          assertThat(is).as("progress of " + id).contains("\"courses\"").isNotEqualTo(was);
        } else {
          assertThat(writes).as("writes of " + id + ", which is " + kind).isZero();
        }
        for (Change change : learnt.getOrDefault(id, List.of())) {
          assertThat(is).as("what somebody changed in " + id).contains(change.mark());
        }
        if (kind != Kind.HIERARCHICAL && !learnt.containsKey(id)) {
          assertThat(is).as("progress of " + id).isEqualTo(was);
        }
      }
    }
  }

  /** Starts it and kills it when the CRM has got some more requests. */
  private static void strike(Crm crm, JavaMain command, Random random, int count) {
    long until = crm.traffic().requests() + 5 + random.nextInt(Math.max(5, count / 300));
    try (JavaProcess process = command.start()) {
      Until.holds(
          "so many requests", () -> crm.traffic().requests() >= until || !process.isAlive());
      JavaProcess.Result end = process.kill9();
      assertThat(end.exitCode()).as(end.stdout() + end.stderr()).isEqualTo(137);
    }
  }

  private static CrmSettings settings(long seed) {
    return CrmSettings.standard()
        .withLimits(RateLimits.professional().withRequests(1_900, Duration.ofSeconds(10)))
        .withFaults(
            Faults.none()
                .withSeed(seed)
                .withErrors(0.05)
                .withTimeouts(0.02, Duration.ofMillis(1_500)))
        .withLearning(new Learning(0.01, seed, Moment.AFTER_LIST, new ProgressLearner()));
  }

  private static JavaMain transform(Crm crm, Path project) {
    return command(crm, project, "transform", "hierarchical-progress", "--commit");
  }

  private static JavaMain resume(Crm crm, Path project) {
    return command(crm, project, "resume", "d1");
  }

  private static JavaMain command(Crm crm, Path project, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--project", project.toString()));
    all.addAll(List.of(arguments));
    return JavaMain.of("dev.plumbline.cli.Plumb")
        .jvm("-Xmx256m")
        .arguments(all.toArray(String[]::new))
        .environment("CRM_URL", crm.uri().toString())
        .environment("CRM_TOKEN", crm.token())
        .environment("CRM_REQUESTS_PER_10_SECONDS", "1900");
  }

  private static Map<Long, CrmRecord> records(Crm crm) {
    return crm.records("contacts").stream()
        .collect(Collectors.toMap(CrmRecord::id, Function.identity()));
  }

  /** The example, with more requests permitted and less patience. */
  private Path project() throws IOException {
    Path example = Cases.project("hierarchical-progress");
    Path project = folder.resolve("project");
    try (var files = Files.walk(example)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path to = project.resolve(example.relativize(file).toString());
        if (file.toString().contains(".plumb")) {
          continue;
        }
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    Path transform = project.resolve("transforms/hierarchical-progress.yaml");
    Files.writeString(
        transform,
        Files.readString(transform).replace("  limits:\n", "  limits:\n    timeout: 1s\n"));
    assertThat(transform).content().contains("timeout: 1s");
    return project;
  }
}
