package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.Dropped;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A type that takes the columns that use it along. */
final class DropTypeCascade extends ChangeRule {
  DropTypeCascade() {
    super(
        "drop-type-cascade",
        Severity.ERROR,
        "A type, domain or extension dropped with `CASCADE`.",
        "Every column of that type goes with its data, in whichever table, and nothing names them.");
  }

  private static final Set<String> KINDS = Set.of("TYPE", "DOMAIN", "EXTENSION");

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    if (!(change instanceof Dropped drop)
        || !KINDS.contains(drop.kind())
        || !scene.statement().statement().tree().text("behavior").equals("DROP_CASCADE")) {
      return Optional.empty();
    }
    String kind = drop.kind().toLowerCase(Locale.ROOT);
    return Optional.of(
        finding(
                scene.file(),
                drop,
                "all columns of the " + kind + " `" + drop.object().name() + "` go with it")
            .instead(
                "DROP " + drop.kind() + " " + drop.object().sql() + ";   -- refused while used"));
  }
}
