package dev.plumbline.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ParserInTheBuildTest {
  @Test
  void is_there_wherever_npm_is() {
    boolean npm =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "npm")));

    assumeTrue(npm);
    assertThat(PostgresParser.isAvailable()).isTrue();
  }

  @Test
  void says_what_to_do_where_it_is_not() {
    assertThatThrownBy(() -> PgQuery.start(Optional.empty()))
        .isInstanceOf(ParserUnavailableException.class)
        .hasMessage(
            """
            PostgreSQL's parser is not part of this build of Plumbline: npm was missing or failed when it was built.
            Nothing was parsed and nothing was changed.
            Install Node.js, which brings npm, and build again: ./mvnw -Dmaven.test.skip=true package""");
  }
}
