package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.error.ExitCode;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Projects with faults, each a folder under {@code project-errors} beside the message that it must
 * give ({@code expect-error.txt}).
 */
class ProjectErrorsTest {
  private static final Path CASES = Path.of("src", "test", "resources", "project-errors");

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  private static ProjectException error(String folder) {
    ReadOptions options = new ReadOptions(Optional.empty(), Map.of(), Optional.empty());
    return catchThrowableOfType(
        ProjectException.class, () -> ProjectReader.read(CASES.resolve(folder), options));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void says_what_is_wrong_and_what_to_write_instead(String folder) {
    ProjectException error = error(folder);
    assertThat(error).as("the project is read as if it were right").isNotNull();
    String message = error.what() + "\n\n" + error.safe() + "\n" + error.next() + "\n";
    Golden.exact()
        .assertMatches(
            Path.of("project-errors", folder, "expect-error.txt"),
            message.replace(CASES.resolve(folder) + "/", ""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void points_at_a_place_in_the_file(String folder) throws IOException {
    assertThat(ExitCode.of(error(folder).code()).status()).isEqualTo(78);
    for (Problem problem : error(folder).problems()) {
      assertThat(problem.suggestion()).isPresent();
      if (Files.isRegularFile(problem.position().file())) {
        List<String> lines = Files.readAllLines(problem.position().file());
        assertThat(problem.position().line()).isBetween(1, lines.size() + 1);
      }
    }
  }

  @Test
  void no_case_is_lost() throws IOException {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(60);
  }
}
