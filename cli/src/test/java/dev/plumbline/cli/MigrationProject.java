package dev.plumbline.cli;

import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project with migrations, written by a test. */
record MigrationProject(Path folder, Cli cli) {

  static MigrationProject in(Path folder, TestDatabase database) {
    MigrationProject project = new MigrationProject(folder, new Cli(folder, database.url()));
    return project.file("plumb.yaml", "project: test\ndatabase: ${PLUMB_DATABASE_URL}\n");
  }

  MigrationProject file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MigrationProject migration(String name, String sql) {
    return file("migrations/" + name, sql);
  }

  MigrationProject invariant(String name, String yaml) {
    return file("invariants/" + name + ".yaml", yaml);
  }
}
