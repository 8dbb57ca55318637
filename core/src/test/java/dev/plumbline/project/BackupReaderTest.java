package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.backup.BackupPlace;
import dev.plumbline.backup.BackupPlace.Command;
import dev.plumbline.backup.BackupPlace.PgDump;
import dev.plumbline.backup.BackupPlace.Usual;
import dev.plumbline.error.ProjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupReaderTest {
  @TempDir Path directory;

  private Optional<BackupPlace> read(String backup) throws IOException {
    Files.writeString(
        directory.resolve("plumb.yaml"),
        "project: campus\ndatabase: embedded:postgres\n" + backup + "\n");
    return ProjectReader.read(
            directory, new ReadOptions(Optional.empty(), Map.of("DIR", "kept"), Optional.empty()))
        .backup();
  }

  @Test
  void none_is_taken_unless_the_project_wants_one() throws IOException {
    assertThat(read("")).isEmpty();
  }

  @Test
  void a_folder_starts_at_the_file_and_may_hold_a_variable() throws IOException {
    assertThat(read("backup: {folder: '../${DIR}'}"))
        .hasValue(new BackupPlace(directory.resolveSibling("kept"), new Usual()));
    assertThat(read("backup: {folder: /var/backups}"))
        .hasValue(new BackupPlace(Path.of("/var/backups"), new Usual()));
  }

  @Test
  void it_is_made_by_pg_dump_or_a_command() throws IOException {
    assertThat(read("backup: {folder: b, with: pg_dump}").orElseThrow().method())
        .isEqualTo(new PgDump("pg_dump"));
    assertThat(read("backup: {folder: b, with: /opt/18/bin/pg_dump}").orElseThrow().method())
        .isEqualTo(new PgDump("/opt/18/bin/pg_dump"));
    assertThat(read("backup: {folder: b, with: bin/pg_dump}").orElseThrow().method())
        .isEqualTo(new PgDump(directory.resolve("bin/pg_dump").toString()));
    assertThat(read("backup: {folder: b, with: {command: ./backup.sh}}").orElseThrow().method())
        .isEqualTo(new Command("./backup.sh"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "backup: backups                       | `backup` is a map",
        "backup: {with: pg_dump}               | `folder` is missing",
        "backup: {folder: b, with: mysqldump}  | `with` is pg_dump, where pg_dump is, or a command",
        "backup: {folder: b, with: {script: x}}| the key `script` is not known",
        "backup: {folder: b, keep: 5}          | the key `keep` is not known",
        "backup: {folder: 7}                   | `folder` is text",
      })
  void anything_else_is_refused(String backup, String message) {
    assertThatThrownBy(() -> read(backup))
        .isInstanceOfSatisfying(
            ProjectException.class,
            e -> assertThat(e.problems()).anyMatch(problem -> problem.what().contains(message)));
  }
}
