package dev.plumbline.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.document.Check;
import dev.plumbline.document.Inputs;
import dev.plumbline.document.Json;
import dev.plumbline.document.Schemas;
import dev.plumbline.document.UnreadableJson;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.Position;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the JSON files that a transform names: its inputs, and the schema of its result. */
final class InputsReader {
  static final List<String> SCHEMA = List.of("schema");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final List<String> TAKEN = List.of("before", "now", "record", "ENV", "__loc__");

  private final ProjectFile file;
  private final ScalarReader scalars;
  private final Path directory;

  InputsReader(ProjectFile file, Path directory) {
    this.file = file;
    this.scalars = new ScalarReader(file);
    this.directory = directory;
  }

  /** What the inputs are called, whether they can be read or not. */
  static Set<String> names(Optional<YamlNode> inputs) {
    Set<String> names = new TreeSet<>();
    if (inputs.orElse(null) instanceof Mapping map) {
      map.entries().forEach(entry -> names.add(entry.key().value()));
    }
    return names;
  }

  Inputs read(YamlNode node) {
    if (!(node instanceof Mapping map) || map.entries().isEmpty()) {
      file.problem(
          node.start(),
          "`inputs` is a map from name to files, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write such as `inputs: {courses: content/courses/*.json}`.");
      return Inputs.NONE;
    }
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (KeyValue entry : Fields.byName(file, map).values()) {
      checkName(entry);
      String name = entry.key().value();
      scalars
          .text(name, entry.value())
          .flatMap(path -> input(name, entry.value(), path))
          .ifPresent(value -> values.put(name, value));
    }
    return new Inputs(values);
  }

  private void checkName(KeyValue entry) {
    String name = entry.key().value();
    if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
      file.problem(
          entry.key().start(),
          TAKEN.contains(name) ? "`$" + name + "` is taken" : "`$" + name + "` is no name in jq",
          name,
          "Write a name of letters, digits and `_`.");
    }
  }

  /** The content of one file, or of several: an object with the files' names as keys. */
  private Optional<JsonNode> input(String name, YamlNode node, String path) {
    Path pattern = directory.resolve(path).normalize();
    String last = String.valueOf(pattern.getFileName());
    if (!path.contains("*")) {
      return json(name, node, pattern);
    }
    Path folder = pattern.resolveSibling("").normalize();
    if (folder.toString().contains("*")) {
      file.problem(
          node.start(),
          "a star stands only in a file's name, not in a folder's",
          path,
          "Write such as `content/courses/*.json`.");
      return Optional.empty();
    }
    return folder(name, node, folder, last);
  }

  private Optional<JsonNode> folder(String name, YamlNode node, Path folder, String glob) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    boolean whole = true;
    for (Path path : list(name, node, folder, glob)) {
      Optional<JsonNode> value = json(name, node, path);
      whole &= value.isPresent();
      value.ifPresent(
          content ->
              object.set(String.valueOf(path.getFileName()).replaceFirst("\\.json$", ""), content));
    }
    if (whole && object.isEmpty()) {
      missing(name, node, folder.resolve(glob));
    }
    return whole && !object.isEmpty() ? Optional.of(object) : Optional.empty();
  }

  private Set<Path> list(String name, YamlNode node, Path folder, String glob) {
    Set<Path> paths = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
        entries.forEach(paths::add);
      } catch (IOException e) {
        file.problem(
            node.start(),
            "`" + name + "` cannot list " + shown(folder) + ": " + FileRefusal.of(e),
            file.rest(node.start()).strip(),
            "Make the folder readable.");
      }
    }
    return paths;
  }

  private void missing(String name, YamlNode node, Path path) {
    file.problem(
        node.start(),
        "`" + name + "` finds no file: there is no " + shown(path),
        file.rest(node.start()).strip(),
        "Write the path from the project's directory, or put the file there.");
  }

  private Path shown(Path path) {
    return path.startsWith(directory.normalize()) ? directory.normalize().relativize(path) : path;
  }

  private Optional<JsonNode> json(String name, YamlNode node, Path path) {
    if (!Files.isRegularFile(path)) {
      missing(name, node, path);
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(ProjectFile.withoutMark(Files.readString(path))));
    } catch (UnreadableJson e) {
      file.problem(
          new Position(path, e.line(), e.column()),
          "this file is no JSON: " + e.getMessage(),
          "",
          "Mend it; `" + name + "` in " + file.path() + " reads it.");
    } catch (IOException e) {
      file.problem(
          new Position(path, 1, 1),
          "this file cannot be read: " + FileRefusal.of(e),
          "",
          "Save it in UTF-8 and make it readable; `" + name + "` in " + file.path() + " reads it.");
    }
    return Optional.empty();
  }

  /** {@code validate: {schema: path}}. */
  Optional<Check> schema(YamlNode node) {
    Optional<YamlNode> path =
        Fields.of(file, node, "`validate`", SCHEMA)
            .flatMap(fields -> fields.require("schema", "schema: schemas/progress.schema.json"));
    return path.flatMap(
        value -> scalars.text("schema", value).flatMap(text -> schema(value, text)));
  }

  private Optional<Check> schema(YamlNode node, String path) {
    Optional<JsonNode> schema = json("schema", node, directory.resolve(path).normalize());
    Optional<String> fault = schema.flatMap(Schemas::fault);
    fault.ifPresent(
        what ->
            file.problem(
                node.start(),
                path + " is no JSON Schema that stands by itself: " + what,
                path,
                "Mend it; references to other files are not followed."));
    return fault.isPresent() ? Optional.empty() : schema.map(s -> new Check.Schema(path, s));
  }
}
