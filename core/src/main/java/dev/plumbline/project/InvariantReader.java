package dev.plumbline.project;

import dev.plumbline.error.ProjectException;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.invariant.Terms;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one invariant's file. */
public final class InvariantReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private final ProjectFile file;

  private InvariantReader(ProjectFile file) {
    this.file = file;
  }

  /**
   * Reads an invariant from its text, which need not be that of the file today: a run goes on with
   * the text that its journal keeps.
   *
   * @param path the file's path, for messages and for the invariant's name
   * @throws ProjectException with everything that is wrong in the text
   */
  public static Invariant read(Path path, String text) {
    ProjectFile file = ProjectFile.invariant(path, text);
    Optional<Invariant> invariant = read(file);
    if (file.hasProblems()) {
      throw new ProjectException(file.problems());
    }
    return invariant.orElseThrow();
  }

  /** The invariant; empty, with problems added to the file, if anything is wrong in it. */
  static Optional<Invariant> read(ProjectFile file) {
    Optional<Invariant> invariant =
        YamlParser.parse(file)
            .flatMap(root -> fields(file, root))
            .flatMap(new InvariantReader(file)::read);
    return file.hasProblems() ? Optional.empty() : invariant;
  }

  private static Optional<Fields> fields(ProjectFile file, YamlNode root) {
    Set<String> any = InvariantKeys.ofAnyKind();
    return Fields.of(file, root, "an invariant", any, InvariantKeys.ofKindsIn(root));
  }

  /** The invariant's name: the file's without its ending. */
  static String name(Path path) {
    String file = String.valueOf(path.getFileName());
    return file.replaceFirst("\\.ya?ml$", "");
  }

  private Optional<Invariant> read(Fields fields) {
    checkName();
    Optional<InvariantKeys> kind = kind(fields);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    refuseForeignKeys(fields, kind.get());
    Optional<Terms> terms = new TermsReader(file).read(fields);
    KindReader reader = new KindReader(file, fields);
    return switch (kind.get()) {
      case DERIVE -> reader.derive(terms);
      case EVERY -> reader.every(terms);
      case NONE -> reader.none(terms);
      case AGREE -> reader.agree(terms);
      case EXIST -> reader.exist(terms);
    };
  }

  private void checkName() {
    String name = name(file.path());
    if (!NAME.matcher(name).matches()) {
      file.problem(
          file.beginning(),
          "`" + name + "` is no name for an invariant",
          name,
          "Name the file with letters, digits, `-`, `_` and `.` only.");
    }
  }

  private Optional<InvariantKeys> kind(Fields fields) {
    List<String> words = InvariantKeys.words().stream().filter(fields::has).toList();
    if (words.size() == 1) {
      return InvariantKeys.of(words.getFirst());
    }
    if (words.size() > 1) {
      file.problem(
          fields.position(words.get(1)),
          "this file says both `" + words.get(0) + "` and `" + words.get(1) + "`",
          words.get(1),
          "Keep one of them; a second statement gets a file of its own.");
    } else if (!fields.anyUnknown()) {
      file.problem(
          fields.start(),
          "nothing here says what must be true",
          "",
          "Add one of " + String.join(", ", InvariantKeys.words()) + ".");
    }
    return Optional.empty();
  }

  private void refuseForeignKeys(Fields fields, InvariantKeys kind) {
    for (String key : InvariantKeys.ofAnyKind()) {
      if (fields.has(key) && !kind.all().contains(key)) {
        file.problem(
            fields.position(key),
            "`" + key + "` has no meaning with `" + kind.word() + "`",
            key,
            "Remove it; it belongs to " + String.join(", ", InvariantKeys.kindsWith(key)) + ".");
      }
    }
  }
}
