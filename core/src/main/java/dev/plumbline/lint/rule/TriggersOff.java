package dev.plumbline.lint.rule;

import dev.plumbline.lint.Change;
import dev.plumbline.lint.Change.SettingSet;
import dev.plumbline.lint.Change.TableAltered;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.Severity;
import java.util.Optional;

/** Triggers that do not see what is written. */
final class TriggersOff extends ChangeRule {
  TriggersOff() {
    super(
        "triggers-off",
        Severity.WARNING,
        "Triggers switched off, by table or by `session_replication_role`.",
        "Rows written meanwhile lack what the triggers fill in, and nothing tells them from the others; foreign keys are triggers too.");
  }

  @Override
  Optional<Finding> look(Change change, Scene scene) {
    String harmless = "-- let the triggers run; or note which rows were written, and audit them";
    return switch (change) {
      case TableAltered altered
          when altered.subtype().startsWith("AT_DisableTrig")
              && scene.isLive(altered.table(), altered.offset()) ->
          Optional.of(
              finding(
                      scene.file(),
                      altered,
                      (altered.name().isEmpty() ? "triggers" : "`" + altered.name() + "`")
                          + " of "
                          + altered.table()
                          + " do not see what is written from here on")
                  .instead(harmless));
      case SettingSet setting
          when setting.name().equals("session_replication_role")
              && setting.value().equals("replica") ->
          Optional.of(
              finding(
                      scene.file(),
                      setting,
                      "no trigger and no foreign key sees what is written from here on")
                  .instead(harmless));
      default -> Optional.empty();
    };
  }
}
