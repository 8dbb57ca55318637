package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples with characters put in and taken out: an invariant or problems, never anything else.
 */
class SlippedKeysTest {
  private static final String CHARACTERS = "{}[],:'\"#&*!|>-? \n\t%@`ab0$\\.~(;)é";
  private static final int TRIES = 200;

  static List<Path> files() throws IOException {
    return SchemaTest.rightFiles().stream().filter(path -> !path.endsWith("plumb.yaml")).toList();
  }

  private static String slip(String text, Random random) {
    StringBuilder slipped = new StringBuilder(text);
    for (int slips = 1 + random.nextInt(3); slips > 0; slips--) {
      int at = random.nextInt(slipped.length());
      if (random.nextBoolean()) {
        slipped.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      } else {
        slipped.delete(at, Math.min(slipped.length(), at + 1 + random.nextInt(8)));
      }
    }
    return slipped.toString();
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_file_with_slips_is_read_or_has_problems_within_it(Path file) throws IOException {
    String text = Files.readString(file);
    Random random = new Random(text.length());
    for (int i = 0; i < TRIES; i++) {
      String slipped = slip(text, random);
      try {
        assertThat(InvariantReader.read(file, slipped).terms().definition().text())
            .isEqualTo(slipped);
      } catch (ProjectException e) {
        assertThat(e.problems()).isNotEmpty();
        for (Problem problem : e.problems()) {
          assertThat(problem.position().line())
              .as("%s%n%s", problem, slipped)
              .isLessThanOrEqualTo(slipped.split("\n", -1).length);
        }
      }
    }
  }
}
