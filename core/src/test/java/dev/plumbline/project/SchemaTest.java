package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The published JSON Schemas say what the reader says. */
class SchemaTest {
  private static final Path ROOT = Path.of("..");
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode schema(String name) throws IOException {
    return JSON.readTree(ROOT.resolve("schemas").resolve(name + ".schema.json").toFile());
  }

  private static Set<String> violations(Path file) throws IOException {
    boolean apart = file.endsWith("plumb.yaml") || file.endsWith("phases.yaml");
    String name = String.valueOf(file.getFileName()).replace(".yaml", "");
    boolean transform = file.getParent().endsWith("transforms");
    boolean probes = file.getParent().endsWith("probes");
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                schema(transform ? "transform" : probes ? "probes" : apart ? name : "invariant"));
    LoadSettings yaml = LoadSettings.builder().setSchema(new CoreSchema()).build();
    JsonNode value = JSON.valueToTree(new Load(yaml).loadFromString(Files.readString(file)));
    Set<String> violations = new TreeSet<>();
    schema.validate(value).forEach(violation -> violations.add(violation.getMessage()));
    return violations;
  }

  private static List<Path> projectFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(path -> path.endsWith("plumb.yaml") || path.getParent().endsWith("invariants"))
          .filter(path -> path.toString().matches(".*\\.ya?ml"))
          .filter(path -> !path.startsWith(RESOURCES.resolve("project-errors")))
          .sorted()
          .toList();
    }
  }

  static List<Path> rightFiles() throws IOException {
    List<Path> files = new ArrayList<>(projectFiles(ROOT.resolve("examples")));
    files.addAll(projectFiles(RESOURCES));
    return files;
  }

  @ParameterizedTest
  @MethodSource("rightFiles")
  void what_is_right_meets_its_schema(Path file) throws IOException {
    assertThat(violations(file)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rightFiles")
  void what_meets_its_schema_is_read(Path file) throws IOException {
    if (file.endsWith("plumb.yaml")) {
      ReadOptions options = new ReadOptions(Optional.empty(), Map.of(), Optional.empty());
      assertThat(ProjectReader.readForRuns(file.getParent(), options).name()).isNotEmpty();
    } else {
      assertThat(InvariantReader.read(file, Files.readString(file)).name()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad-limits",
        "bad-percentage",
        "by-without-from",
        "coverage-of-another-kind",
        "empty-lists",
        "empty-maps",
        "exist-creates-nothing",
        "key-of-another-kind",
        "missing-fail",
        "missing-key",
        "missing-required-agree",
        "missing-required-derive",
        "missing-required-every",
        "name-twice",
        "no-kind",
        "no-map",
        "repair-is-no-list",
        "repair-malformed",
        "repair-two-verbs",
        "repair-without-verb",
        "tolerate-with-coverage",
        "two-kinds",
        "unknown-key",
        "value-of-no-use",
        "wrong-type",
      })
  void an_editor_marks_what_the_reader_refuses(String folder) throws IOException {
    Path file = RESOURCES.resolve("project-errors").resolve(folder);
    assertThat(violations(file.resolve("invariants/lessons.yaml"))).isNotEmpty();
    assertThat(violations(file.resolve("plumb.yaml"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad-settings", "unknown-setting", "unknown-database"})
  void an_editor_marks_settings_that_the_reader_refuses(String folder) throws IOException {
    assertThat(
            violations(RESOURCES.resolve("project-errors").resolve(folder).resolve("plumb.yaml")))
        .isNotEmpty();
  }

  private static Set<String> keys(JsonNode object) {
    Set<String> keys = new TreeSet<>();
    object.get("properties").fieldNames().forEachRemaining(keys::add);
    assertThat(object.get("additionalProperties").asBoolean(true)).isFalse();
    return keys;
  }

  @ParameterizedTest
  @EnumSource(InvariantKeys.class)
  void schema_and_reader_know_the_same_keys(InvariantKeys kind) throws IOException {
    JsonNode defined = schema("invariant").get("$defs").get(kind.name().toLowerCase(Locale.ROOT));
    assertThat(keys(defined)).isEqualTo(new TreeSet<>(kind.all()));
  }

  @Test
  void schema_and_reader_know_the_same_keys_of_inner_maps() throws IOException {
    JsonNode defined = schema("invariant").get("$defs");
    assertThat(keys(defined.get("insertInto"))).isEqualTo(new TreeSet<>(RepairReader.INSERT));
    assertThat(keys(defined.get("update"))).isEqualTo(new TreeSet<>(RepairReader.UPDATE));
    assertThat(keys(defined.get("deleteFrom"))).isEqualTo(new TreeSet<>(RepairReader.DELETE));
    assertThat(keys(defined.get("tolerate"))).isEqualTo(new TreeSet<>(InvariantKeys.TOLERATE));
    assertThat(keys(defined.get("coverage"))).isEqualTo(new TreeSet<>(InvariantKeys.COVERAGE));
    assertThat(keys(defined.get("agree").get("properties").get("agree")))
        .isEqualTo(new TreeSet<>(InvariantKeys.SIDES));
  }

  @Test
  void schema_and_reader_know_the_same_settings() throws IOException {
    JsonNode defined = schema("plumb");
    assertThat(keys(defined)).isEqualTo(new TreeSet<>(SettingsReader.KEYS));
    JsonNode inner = defined.get("$defs");
    assertThat(keys(inner.get("environment"))).isEqualTo(new TreeSet<>(SettingsReader.ENVIRONMENT));
    assertThat(keys(inner.get("alert"))).isEqualTo(new TreeSet<>(SettingsReader.ALERT));
    assertThat(keys(inner.get("batch"))).isEqualTo(new TreeSet<>(SettingsReader.BATCH));
    assertThat(inner.get("duration").get("pattern").asText())
        .isEqualTo("^" + Durations.FORM.pattern() + "$");
  }

  @Test
  void the_plan_of_an_example_meets_its_schema() throws IOException {
    Path plan = ROOT.resolve("examples/course-coverage/project-teams/phases.yaml");
    assertThat(violations(plan)).isEmpty();
  }

  @Test
  void schema_and_reader_know_the_same_keys_of_phases() throws IOException {
    JsonNode defined = schema("phases");
    assertThat(keys(defined)).isEqualTo(new TreeSet<>(PhasesReader.KEYS));
    assertThat(keys(defined.get("$defs").get("phase")))
        .isEqualTo(new TreeSet<>(PhasesReader.PHASE));
  }

  @Test
  void the_transform_of_an_example_meets_its_schema() throws IOException {
    Path transforms = ROOT.resolve("examples/hierarchical-progress/transforms");
    assertThat(violations(transforms.resolve("hierarchical-progress.yaml"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad-paths",
        "bad-values",
        "http-without-its-parts",
        "key-of-another-source",
        "nothing",
        "program-and-class",
        "source-of-two-kinds",
        "unknown-keys",
        "wrong-probes",
      })
  void an_editor_marks_transforms_that_the_reader_refuses(String folder) throws IOException {
    Path transforms = RESOURCES.resolve("transform-errors").resolve(folder).resolve("transforms");
    assertThat(violations(transforms.resolve("progress.yaml"))).isNotEmpty();
  }

  @Test
  void schema_and_reader_know_the_same_keys_of_transforms() throws IOException {
    JsonNode defined = schema("transform");
    assertThat(keys(defined)).isEqualTo(new TreeSet<>(TransformReader.KEYS));
    Map<String, List<String>> inner =
        Map.ofEntries(
            Map.entry("hubspot", SourceReader.HUBSPOT),
            Map.entry("http", SourceReader.HTTP),
            Map.entry("column", SourceReader.COLUMN),
            Map.entry("files", SourceReader.FILES),
            Map.entry("listing", HttpParts.LISTING),
            Map.entry("reading", HttpParts.READING),
            Map.entry("writing", HttpParts.WRITING),
            Map.entry("httpLimits", HttpParts.LIMITS),
            Map.entry("preserve", PreserveReader.KEYS),
            Map.entry("limits", TransformReader.LIMITS),
            Map.entry("probes", ProbesReader.PROBES),
            Map.entry("probe", ProbesReader.REQUEST),
            Map.entry("expect", ProbesReader.EXPECT),
            Map.entry("thresholds", ProbesReader.THRESHOLDS),
            Map.entry("onBreach", ProbesReader.MEASURES));
    inner.forEach(
        (name, known) ->
            assertThat(keys(defined.get("$defs").get(name))).isEqualTo(new TreeSet<>(known)));
    assertThat(defined.get("properties").get("keep").get("pattern").asText())
        .isEqualTo("^" + TransformReader.KEEP.pattern() + "$");
  }

  @Test
  void probes_of_their_own_file_are_those_of_a_transform() throws IOException {
    JsonNode own = schema("probes");
    JsonNode block = schema("transform").get("$defs");
    own.get("$defs")
        .properties()
        .forEach(defined -> assertThat(defined.getValue()).isEqualTo(block.get(defined.getKey())));
    assertThat(keys(own)).isEqualTo(new TreeSet<>(ProbesReader.PROBES));
    for (String key : List.of("required", "properties", "additionalProperties")) {
      assertThat(own.get(key)).isEqualTo(block.get("probes").get(key));
    }
  }

  @Test
  void an_editor_marks_probes_that_the_reader_refuses() throws IOException {
    Path probes = RESOURCES.resolve("transform-errors/wrong-probes-elsewhere/probes");
    assertThat(violations(probes.resolve("campus.yaml"))).isNotEmpty();
  }
}
