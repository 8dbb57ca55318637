package dev.plumbline.tracker;

import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Timeouts;
import dev.plumbline.project.TrackerSetting;
import dev.plumbline.testkit.Golden;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.tracker.ToolCase.On;
import dev.plumbline.verify.Declarations;
import dev.plumbline.verify.Finding;
import dev.plumbline.verify.Records;
import dev.plumbline.verify.Verification;
import dev.plumbline.verify.Verifier;
import dev.plumbline.verify.Verifier.Further;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code plumb verify} says of every tool's record where nothing of what it records is in the
 * database: the verdict, the migration that answers for it, and the exit code.
 */
class VerdictTest {
  static Stream<Arguments> cases() {
    return TrackerContractTest.cases();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void tells_which_migration_answers_for_what(ToolCase tool, On on) {
    try (TestDatabase database = on.database()) {
      tool.makeTable(database, on);
      tool.fill(database, on);
      Verification verification = verifier(database, tool).verify(Further.nothing());
      StringBuilder text = new StringBuilder("exit " + verification.exitCode().status() + "\n");
      verification.findings().forEach(finding -> text.append(line(finding)).append('\n'));
      Golden.exact()
          .assertMatches(tool.story().resolveSibling("verdict-" + on.file() + ".txt"), "" + text);
    }
  }

  private static String line(Finding finding) {
    return (finding.sort() + " " + finding.revision().orElse("-") + " " + finding.about() + ": ")
        .concat(finding.what().lines().findFirst().orElse(""))
        .replaceAll("in src/test/resources/\\S+", "in FILES");
  }

  private static Verifier verifier(TestDatabase database, ToolCase tool) {
    Records records =
        new Records(
            Path.of("."),
            List.of(new TrackerSetting(tool.tool(), Optional.empty(), List.of(tool.files()))),
            List.of(),
            Path.of("migrations"),
            List.of());
    return new Verifier(
        "",
        Database.of(JdbcUrl.parse(database.url())),
        Timeouts.READING,
        records,
        new Declarations(List.of()));
  }
}
