package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Change.ObjectMade;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import dev.plumbline.schema.Table;
import java.util.Optional;

/** A schema that goes, with all in it. */
final class DropSchema extends ChangeRule {
  DropSchema() {
    super(
        "drop-schema",
        Severity.ERROR,
        "A schema dropped with `CASCADE`.",
        "Every table in it goes with its rows, whoever made it and whatever it is.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Dropped drop)
        || !drop.kind().equals("SCHEMA")
        || !scene.statement().statement().tree().text("behavior").equals("DROP_CASCADE")
        || isMadeHere(drop, scene)) {
      return Optional.empty();
    }
    return Optional.of(
        finding(scene.file(), drop, "the schema `" + drop.object().name() + "` goes with all in it")
            .instead(
                "DROP SCHEMA "
                    + Table.quoted(drop.object().name())
                    + ";   -- refused unless empty"));
  }

  private static boolean isMadeHere(Dropped drop, Scene scene) {
    return scene
        .file()
        .changes(ObjectMade.class)
        .filter(made -> made.kind().equals("SCHEMA") && made.offset() < drop.offset())
        .anyMatch(made -> made.object().same(drop.object()));
  }
}
