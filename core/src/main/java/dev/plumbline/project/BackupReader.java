package dev.plumbline.project;

import dev.plumbline.backup.BackupPlace;
import dev.plumbline.backup.BackupPlace.Command;
import dev.plumbline.backup.BackupPlace.Method;
import dev.plumbline.backup.BackupPlace.PgDump;
import dev.plumbline.backup.BackupPlace.Usual;
import dev.plumbline.project.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code backup} of {@code plumb.yaml}: what is taken before a change. */
final class BackupReader {
  private final ProjectFile file;
  private final ScalarReader scalars;
  private final Variables variables;

  BackupReader(ProjectFile file, ScalarReader scalars, Variables variables) {
    this.file = file;
    this.scalars = scalars;
    this.variables = variables;
  }

  Optional<BackupPlace> read(YamlNode node) {
    Optional<Fields> fields = Fields.of(file, node, "`backup`", SettingsReader.BACKUP);
    Optional<Path> folder =
        fields
            .flatMap(map -> map.require("folder", "folder: backups"))
            .flatMap(variables::fill)
            .flatMap(value -> scalars.text("folder", value))
            .map(text -> file.path().resolveSibling(text).normalize());
    Optional<Method> method =
        fields.flatMap(map -> map.find("with")).map(this::method).orElse(Optional.of(new Usual()));
    return folder.flatMap(path -> method.map(how -> new BackupPlace(path, how)));
  }

  /** The name of pg_dump, or a command. */
  private Optional<Method> method(YamlNode node) {
    if (node instanceof Mapping) {
      return Fields.of(file, node, "`with`", SettingsReader.BACKUP_WITH)
          .flatMap(map -> map.require("command", "command: ./backup.sh"))
          .flatMap(variables::fill)
          .flatMap(value -> scalars.text("command", value))
          .map(Command::new);
    }
    Optional<String> program = variables.fill(node).flatMap(value -> scalars.text("with", value));
    if (program.isPresent() && !isPgDump(program.get())) {
      file.problem(
          node.start(),
          "`with` is pg_dump, where pg_dump is, or a command",
          program.get(),
          "Write `with: pg_dump`, `with: /path/to/pg_dump` or `with: {command: ./backup.sh}`.");
      return Optional.empty();
    }
    return program.map(name -> programOf(name));
  }

  private static boolean isPgDump(String program) {
    return Path.of(program).endsWith("pg_dump");
  }

  /** One with a slash starts at {@code plumb.yaml}. */
  private Method programOf(String name) {
    return new PgDump(
        name.contains("/") ? file.path().toAbsolutePath().resolveSibling(name).toString() : name);
  }
}
