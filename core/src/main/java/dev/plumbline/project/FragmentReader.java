package dev.plumbline.project;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.SqlScan;
import dev.plumbline.dialect.SqlScan.Flaw;
import dev.plumbline.error.Position;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.Style;
import java.util.Optional;

/**
 * Reads SQL. What it returns is one whole statement or expression that can be put in parentheses as
 * it is, and whose every character can be found again in the file.
 */
final class FragmentReader {
  private final ProjectFile file;

  FragmentReader(ProjectFile file) {
    this.file = file;
  }

  Optional<Fragment> read(String key, YamlNode node) {
    if (!(node instanceof Scalar scalar) || scalar.isAbsent()) {
      file.problem(
          node.start(),
          "`" + key + "` is SQL text, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write the SQL on the same line, or after `|` on the lines below.");
      return Optional.empty();
    }
    if (isFolded(key, scalar) || isCutByComment(key, scalar)) {
      return Optional.empty();
    }
    return whole(key, scalar, fragment(scalar));
  }

  /**
   * Folding joins lines: a {@code --} comment would swallow the next, and positions would be lost.
   */
  private boolean isFolded(String key, Scalar scalar) {
    boolean folded =
        scalar.style() == Style.FOLDED || (scalar.style() != Style.LITERAL && !scalar.isOneLine());
    if (folded) {
      file.problem(
          scalar.start(),
          "YAML would join the lines of `" + key + "` into one",
          file.rest(scalar.start()).strip(),
          "Write `" + key + ": |` and the SQL on the lines below, indented.");
    }
    return folded;
  }

  private boolean isCutByComment(String key, Scalar scalar) {
    String rest = file.rest(scalar.end());
    if (scalar.style() != Style.PLAIN || !rest.matches("\\s+#.*")) {
      return false;
    }
    String meant = file.rest(scalar.start()).strip();
    int blanks = rest.length() - rest.stripLeading().length();
    file.problem(
        new Position(file.path(), scalar.end().line(), scalar.end().column() + blanks),
        "` #` begins a comment and cuts the SQL of `" + key + "` short",
        rest.strip(),
        "If it belongs to the SQL, quote the value: "
            + YamlText.quoted(key, meant)
            + ". If it is a comment, put it on a line of its own.");
    return true;
  }

  private Fragment fragment(Scalar scalar) {
    String text = scalar.value().stripTrailing();
    // A comment that runs to the end of its line must not swallow the parenthesis put behind it.
    String safe = SqlScan.of(text).endsInLineComment() ? text + "\n" : text;
    if (scalar.style() != Style.LITERAL) {
      Position start = scalar.firstCharacter();
      return new Fragment(safe, start, start.column());
    }
    int indent = indent(scalar);
    Position start = new Position(file.path(), scalar.start().line() + 1, indent);
    return new Fragment(safe, start, indent);
  }

  /** The column at which a block's lines begin: where its first line with text has its text. */
  private int indent(Scalar block) {
    String[] lines = block.value().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int first = lines[i].length() - lines[i].stripLeading().length();
      if (first < lines[i].length()) {
        String written = file.line(block.start().line() + 1 + i);
        return written.length() - written.stripLeading().length() - first + 1;
      }
    }
    return 1;
  }

  private Optional<Fragment> whole(String key, Scalar scalar, Fragment fragment) {
    Optional<Flaw> flaw = SqlScan.of(fragment.text()).flaw();
    if (flaw.isEmpty()) {
      return Optional.of(fragment);
    }
    Position at = fragment.at(flaw.get().offset());
    boolean cutByComma = scalar.inFlow() && scalar.style() == Style.PLAIN;
    file.problem(
        at,
        "in the SQL of `" + key + "` " + flaw.get().what(),
        file.rest(at),
        cutByComma
            ? "Between braces or brackets a comma ends a value that is not in quotes; quote it."
            : flaw.get().next());
    return Optional.empty();
  }
}
