package dev.plumbline.project;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.ProjectException;
import dev.plumbline.error.Suggestion;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.migration.Migration.Reference;
import dev.plumbline.migration.Phase;
import dev.plumbline.migration.Phase.Confirmation;
import dev.plumbline.migration.Phases;
import dev.plumbline.migration.Version;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a project's {@code phases.yaml}. As the migrations, it is read only for what needs it. Used
 * by one thread.
 */
public final class PhasesReader {
  static final List<String> KEYS = List.of("says", "phases");
  static final List<String> PHASE =
      List.of("name", "says", "migrations", "gates", "guards", "confirmed");

  /** Stands where something has still to be filled in. */
  private static final String OPEN = "?";

  private final ProjectFile file;
  private final ScalarReader scalars;
  private final List<String> invariants;

  private PhasesReader(ProjectFile file, List<Invariant> invariants) {
    this.file = file;
    this.scalars = new ScalarReader(file);
    this.invariants = invariants.stream().map(Invariant::name).toList();
  }

  /**
   * The project's plan; none if there is no such file.
   *
   * @throws ProjectException with everything that is wrong in it
   */
  public static Phases read(Project project) {
    Path path = project.directory().resolve("phases.yaml").normalize();
    if (!Files.isRegularFile(path)) {
      return Phases.none();
    }
    try {
      return read(path, Files.readString(path), project.invariants());
    } catch (IOException e) {
      throw new PlumblineException(
          ErrorCode.DENIED,
          "The operating system does not let Plumbline read " + path + ": " + FileRefusal.of(e),
          "Nothing was looked at or changed.",
          "Check the file and its permissions, then run the command again.",
          e);
    }
  }

  static Phases read(Path path, String text, List<Invariant> invariants) {
    ProjectFile file = ProjectFile.phases(path, text);
    Optional<Phases> phases =
        YamlParser.parse(file)
            .flatMap(root -> Fields.of(file, root, "phases.yaml", KEYS))
            .map(new PhasesReader(file, invariants)::read);
    if (file.hasProblems()) {
      throw new ProjectException(file.problems());
    }
    return phases.orElseThrow();
  }

  private Phases read(Fields fields) {
    Optional<String> says = fields.find("says").flatMap(node -> scalars.text("says", node));
    List<Phase> phases = new ArrayList<>();
    for (YamlNode item : items(fields.require("phases", "phases: [{name: expand}]"), "phases")) {
      Fields.of(file, item, "a phase", PHASE).flatMap(this::phase).ifPresent(phases::add);
    }
    eachNameOnce(phases);
    inOrder(phases);
    return new Phases(says, phases);
  }

  private List<YamlNode> items(Optional<YamlNode> node, String key) {
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof Sequence list && !list.items().isEmpty()) {
      return list.items();
    }
    file.problem(
        node.get().start(),
        "`" + key + "` is a list, but here is " + node.get().description(),
        file.rest(node.get().start()).strip(),
        "Write one item a line, each after `- `; without any, leave the key out.");
    return List.of();
  }

  private Optional<Phase> phase(Fields fields) {
    Optional<String> name =
        fields.require("name", "name: expand").flatMap(node -> scalars.text("name", node));
    Optional<String> says = fields.find("says").flatMap(node -> scalars.text("says", node));
    List<Version> migrations = new ArrayList<>();
    for (YamlNode item : items(fields.find("migrations"), "migrations")) {
      version(item).ifPresent(migrations::add);
    }
    List<Reference> gates = references(fields, "gates");
    List<Reference> guards = references(fields, "guards");
    Optional<Confirmation> confirmation =
        fields
            .find("confirmed")
            .flatMap(node -> scalars.label("confirmed", node))
            .map(by -> new Confirmation(Optional.of(by).filter(b -> !b.equals(OPEN))));
    return name.map(
        n -> new Phase(n, says, migrations, gates, guards, confirmation, fields.start()));
  }

  /** As in a file's name; without quotes it reads like a number, and is taken as written. */
  private Optional<Version> version(YamlNode node) {
    if (node instanceof Scalar scalar && scalar.value().matches("V?\\d+(?:[._]\\d+)*")) {
      return Optional.of(new Version(scalar.value().replaceFirst("^V", "")));
    }
    file.problem(
        node.start(),
        "this is no version of a migration",
        file.rest(node.start()).strip(),
        "Write it as in the file's name, such as 018.");
    return Optional.empty();
  }

  private List<Reference> references(Fields fields, String key) {
    List<Reference> references = new ArrayList<>();
    for (YamlNode item : items(fields.find(key), key)) {
      scalars.text(key, item).map(n -> new Reference(n, item.start())).ifPresent(references::add);
    }
    references.stream()
        .filter(reference -> !invariants.contains(reference.invariant()))
        .forEach(this::unknown);
    return references;
  }

  private void unknown(Reference reference) {
    file.problem(
        reference.position(),
        "there is no invariant `" + reference.invariant() + "`",
        reference.invariant(),
        invariants.isEmpty()
            ? "Write invariants/" + reference.invariant() + ".yaml first."
            : Suggestion.sentence(reference.invariant(), invariants));
  }

  private void eachNameOnce(List<Phase> phases) {
    Set<String> names = new HashSet<>();
    for (Phase phase : phases) {
      if (!names.add(phase.name())) {
        problem(phase, "two phases are called `" + phase.name() + "`", "Give one another name.");
      }
    }
  }

  /** Migrations are applied by version: a later phase cannot have an earlier one. */
  private void inOrder(List<Phase> phases) {
    Map<Version, Phase> seen = new HashMap<>();
    Optional<Version> highest = Optional.empty();
    for (Phase phase : phases) {
      Optional<Version> before = highest;
      for (Version version : phase.migrations()) {
        Phase first = seen.putIfAbsent(version, phase);
        if (first != null) {
          problem(
              phase,
              "the migration " + version + " belongs to `" + first.name() + "` already",
              "Name it in one phase only.");
        } else if (before.filter(b -> version.compareTo(b) < 0).isPresent()) {
          problem(
              phase,
              "the migration " + version + " comes before " + before.get() + " of an earlier phase",
              "Migrations are applied by version; give it a higher one, or name it earlier.");
        }
        highest = highest.filter(h -> h.compareTo(version) > 0).or(() -> Optional.of(version));
      }
    }
  }

  private void problem(Phase phase, String what, String suggestion) {
    Position at = phase.position();
    file.problem(at, what, file.line(at.line()).strip(), suggestion);
  }
}
