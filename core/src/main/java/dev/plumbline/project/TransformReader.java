package dev.plumbline.project;

import dev.plumbline.document.Check;
import dev.plumbline.document.DocumentTransform;
import dev.plumbline.document.Inputs;
import dev.plumbline.document.Limits;
import dev.plumbline.document.Preserve;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import dev.plumbline.error.Suggestion;
import dev.plumbline.probe.Probes;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.source.SourceSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one transform's file, and the files that it names. */
public final class TransformReader {
  static final List<String> KEYS =
      List.of(
          "says",
          "source",
          "document",
          "inputs",
          "transform",
          "java",
          "also",
          "reads",
          "inverse",
          "preserve",
          "validate",
          "limits",
          "idempotent",
          "count",
          "keep",
          "probes");
  static final List<String> LIMITS = List.of("characters");
  static final Pattern KEEP = Pattern.compile("([1-9][0-9]{0,4})(h|d)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private final ProjectFile file;
  private final ScalarReader scalars;
  private final ProgramReader programs;
  private final InputsReader inputs;
  private final ReadOptions options;
  private final Path directory;
  private final List<Problem> elsewhere;

  /**
   * @param elsewhere takes what is wrong in files that have places of their own
   */
  private TransformReader(
      ProjectFile file,
      ReadOptions options,
      Path directory,
      Fields fields,
      List<Problem> elsewhere) {
    this.elsewhere = elsewhere;
    this.file = file;
    this.options = options;
    this.directory = directory;
    this.scalars = new ScalarReader(file);
    this.programs = new ProgramReader(file, InputsReader.names(fields.find("inputs")));
    this.inputs = new InputsReader(file, directory);
  }

  /**
   * Reads a transform from its text, which need not be that of the file today: a run goes on with
   * the text that its journal keeps.
   *
   * @param path the file's path, for messages and for the transform's name
   * @param directory the project's, where the paths in the file begin
   * @throws ProjectException with everything that is wrong in the text, or in a file that it names
   */
  public static TransformFile read(Path path, String text, ReadOptions options, Path directory) {
    ProjectFile file = ProjectFile.transform(path, text);
    List<Problem> elsewhere = new ArrayList<>();
    Optional<TransformFile> transform =
        YamlParser.parse(file)
            .flatMap(root -> Fields.of(file, root, "a transform", KEYS))
            .flatMap(
                fields ->
                    new TransformReader(file, options, directory, fields, elsewhere).read(fields));
    List<Problem> problems = new ArrayList<>(file.problems());
    problems.addAll(elsewhere);
    if (!problems.isEmpty()) {
      throw new ProjectException(problems);
    }
    return transform.orElseThrow();
  }

  private Optional<TransformFile> read(Fields fields) {
    checkName();
    Optional<String> says =
        fields.require("says", "says: What is true of the new shape.").flatMap(this::says);
    Optional<SourceSetting> source =
        fields
            .require("source", "source: {files: documents}")
            .flatMap(new SourceReader(file, options, directory)::read);
    Optional<String> property = property(fields, source);
    Optional<Program> program = program(fields);
    Transform transform =
        new Transform(
            InvariantReader.name(file.path()),
            says.orElse(""),
            file.text(),
            property.orElse(Transform.WHOLE),
            program.orElse(new Program.Jq(".")),
            also(fields, property),
            reads(fields),
            fields.find("inverse").flatMap(node -> programs.read("inverse", node)),
            preserve(fields),
            fields.find("validate").flatMap(this::check),
            fields.find("limits").map(this::limits).orElse(Limits.NONE),
            idempotent(fields),
            fields.find("count").map(node -> programs.named("count", node)).orElse(Map.of()),
            fields.find("inputs").map(inputs::read).orElse(Inputs.NONE),
            fields.find("keep").flatMap(this::keep).orElse(Transform.DEFAULT_KEEP));
    Optional<Probes> probes = fields.find("probes").flatMap(this::probes);
    return source.map(setting -> new TransformFile(transform, setting, probes));
  }

  /** In the file itself, or in one that it names. */
  private Optional<Probes> probes(YamlNode node) {
    return node instanceof Scalar
        ? scalars.text("probes", node).flatMap(name -> named(name, node))
        : new ProbesReader(file, options).read(node);
  }

  private Optional<Probes> named(String name, YamlNode node) {
    ProbesFolder folder = new ProbesFolder(directory);
    if (!folder.has(name)) {
      file.problem(node.start(), ProbesFolder.unknown(name), name, folder.suggestion(name));
      return Optional.empty();
    }
    try {
      return Optional.of(folder.read(name, options));
    } catch (ProjectException e) {
      elsewhere.addAll(e.problems());
      return Optional.empty();
    }
  }

  private void checkName() {
    String name = InvariantReader.name(file.path());
    if (!NAME.matcher(name).matches()) {
      file.problem(
          file.beginning(),
          "`" + name + "` is no name for a transform",
          name,
          "Name the file with letters, digits, `-`, `_` and `.` only.");
    }
  }

  private Optional<String> says(YamlNode node) {
    return scalars.text("says", node);
  }

  /** A file of a folder is the document itself; elsewhere a property holds it. */
  private Optional<String> property(Fields fields, Optional<SourceSetting> source) {
    boolean ofFiles = source.filter(SourceSetting.Files.class::isInstance).isPresent();
    if (ofFiles && fields.has("document")) {
      file.problem(
          fields.position("document"),
          "`document` has no meaning with `files`: each file is a document",
          "document",
          "Remove it.");
    }
    if (ofFiles) {
      return Optional.empty();
    }
    Optional<YamlNode> named =
        source.isEmpty()
            ? fields.find("document")
            : fields.require("document", "document: progress");
    return named.flatMap(node -> scalars.text("document", node));
  }

  private Optional<Program> program(Fields fields) {
    if (fields.has("transform") && fields.has("java")) {
      file.problem(
          fields.position("java"),
          "this file says both `transform` and `java`",
          "java",
          "Keep one of them.");
      return Optional.empty();
    }
    if (fields.has("java")) {
      return fields.find("java").flatMap(this::java);
    }
    return fields
        .require("transform", "transform: del(.old)")
        .flatMap(node -> programs.read("transform", node));
  }

  private Optional<Program> java(YamlNode node) {
    Optional<String> name = scalars.text("java", node);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Set<String> known = new TreeSet<>();
    for (DocumentTransform transform : ServiceLoader.load(DocumentTransform.class)) {
      if (transform.name().equals(name.get())) {
        return Optional.of(new Program.JavaProgram(transform));
      }
      known.add(transform.name());
    }
    file.problem(
        node.start(),
        "no class on the class path is the transform `" + name.get() + "`",
        name.get(),
        known.isEmpty()
            ? "List the class in META-INF/services/" + DocumentTransform.class.getName() + "."
            : Suggestion.sentence(name.get(), known));
    return Optional.empty();
  }

  /** What is written together with the document. */
  private Map<String, Program.Jq> also(Fields fields, Optional<String> document) {
    Optional<YamlNode> node = fields.find("also");
    Map<String, Program.Jq> also =
        node.map(map -> programs.with(Transform.GIVEN_TO_ALSO).named("also", map)).orElse(Map.of());
    if (document.isPresent() && also.containsKey(document.get())) {
      file.problem(
          node.orElseThrow().start(),
          "`also` writes `" + document.get() + "`, which is the document itself",
          document.get(),
          "Remove it; `transform` makes the document.");
    }
    return also;
  }

  private Set<String> reads(Fields fields) {
    Set<String> reads = new TreeSet<>();
    fields
        .find("reads")
        .flatMap(node -> new NameReader(file).names("reads", node))
        .ifPresent(names -> names.forEach(name -> reads.add(name.text())));
    return reads;
  }

  private List<Preserve> preserve(Fields fields) {
    return fields
        .find("preserve")
        .map(new PreserveReader(file, programs)::read)
        .orElse(new ArrayList<>());
  }

  private Optional<Check> check(YamlNode node) {
    if (node instanceof Scalar) {
      return programs.read("validate", node).map(Check.Holds::new);
    }
    return inputs.schema(node);
  }

  private Limits limits(YamlNode node) {
    Optional<Long> characters =
        Fields.of(file, node, "`limits`", LIMITS)
            .flatMap(fields -> fields.find("characters"))
            .flatMap(most -> scalars.wholeNumber("characters", most, 1, Integer.MAX_VALUE));
    return characters
        .map(most -> new Limits(OptionalInt.of(Math.toIntExact(most))))
        .orElse(Limits.NONE);
  }

  private boolean idempotent(Fields fields) {
    return fields
        .find("idempotent")
        .flatMap(node -> scalars.bool("idempotent", node))
        .orElse(false);
  }

  private Optional<Duration> keep(YamlNode node) {
    String text = node instanceof Scalar scalar ? scalar.value().strip() : "";
    if (!KEEP.matcher(text).matches()) {
      file.problem(
          node.start(),
          "`keep` is a time in days or hours, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write such as `30d` or `12h`.");
      return Optional.empty();
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return Optional.of(text.endsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number));
  }
}
