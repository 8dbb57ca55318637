package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.invariant.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files shown in {@code docs/project-files.md} are right. */
class ProjectFilesPageTest {
  private static final Pattern FILE =
      Pattern.compile("(?s)```yaml\n# (?<name>\\S+)\n(?<text>.*?)```");

  @TempDir Path directory;

  @Test
  void every_file_shown_is_read() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "project-files.md"));
    TreeSet<String> shown = new TreeSet<>();
    for (MatchResult file : FILE.matcher(page).results().toList()) {
      Path path = directory.resolve(file.group("name"));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.group("text"));
      shown.add(InvariantReader.name(path));
    }
    assertThat(shown).hasSize(page.split("```yaml\n", -1).length - 1);

    Project project =
        ProjectReader.read(
            directory, new ReadOptions(Optional.empty(), Map.of(), Optional.empty()));

    shown.remove("plumb");
    assertThat(project.invariants()).extracting(Invariant::name).containsExactlyElementsOf(shown);
  }

  @Test
  void every_key_is_described() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "project-files.md"));
    TreeSet<String> keys = new TreeSet<>(InvariantKeys.ofAnyKind());
    keys.addAll(SettingsReader.KEYS);
    keys.addAll(SettingsReader.ENVIRONMENT);
    keys.addAll(SettingsReader.BATCH);
    assertThat(keys).allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
  }
}
