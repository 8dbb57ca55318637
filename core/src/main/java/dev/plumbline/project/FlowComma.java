package dev.plumbline.project;

import dev.plumbline.error.Position;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Scalar;
import java.util.List;

/**
 * Finds the comma that was meant as SQL and read as YAML: {@code {total: coalesce(a, b)}} is a map
 * of {@code total} to {@code coalesce(a} and of {@code b)} to nothing.
 */
final class FlowComma {
  private FlowComma() {}

  /** Adds a problem for each key without a value in a map between braces; says whether it did. */
  static boolean report(ProjectFile file, List<KeyValue> entries) {
    boolean reported = false;
    for (int i = 0; i < entries.size(); i++) {
      if (!hasNoValue(entries.get(i))) {
        continue;
      }
      reported = true;
      if (i > 0 && entries.get(i - 1).value() instanceof Scalar before) {
        int last = i;
        while (last + 1 < entries.size() && hasNoValue(entries.get(last + 1))) {
          last++;
        }
        cut(file, entries.get(i - 1).key(), before, entries.get(last).key().end());
        i = last;
      } else {
        alone(file, entries.get(i).key());
      }
    }
    return reported;
  }

  private static boolean hasNoValue(KeyValue entry) {
    return entry.value() instanceof Scalar value && value.isAbsent();
  }

  private static void cut(ProjectFile file, Scalar key, Scalar value, Position end) {
    String meant = file.between(value.start(), end);
    file.problem(
        value.start(),
        "between braces an unquoted comma ends the value of `" + key.value() + "`",
        meant,
        "Quote the value: " + YamlText.quoted(key.value(), meant));
  }

  private static void alone(ProjectFile file, Scalar key) {
    file.problem(
        key.start(),
        "`" + key.value() + "` has no value",
        key.value(),
        "Write `" + key.value() + ": value`; text with a comma is quoted between braces.");
  }
}
