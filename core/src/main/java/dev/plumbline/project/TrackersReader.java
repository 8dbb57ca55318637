package dev.plumbline.project;

import dev.plumbline.error.Suggestion;
import dev.plumbline.layout.Tool;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code trackers} of {@code plumb.yaml}: whose records of migrations are looked at. */
final class TrackersReader {
  private final ProjectFile file;
  private final ScalarReader scalars;
  private final Variables variables;

  TrackersReader(ProjectFile file, ScalarReader scalars, Variables variables) {
    this.file = file;
    this.scalars = scalars;
    this.variables = variables;
  }

  List<TrackerSetting> read(YamlNode node) {
    if (!(node instanceof Sequence list) || list.items().isEmpty()) {
      file.problem(
          node.start(),
          "`trackers` is a list, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write such as `- tool: flyway` and, indented below it, `files: ../db/migration`.");
      return List.of();
    }
    List<TrackerSetting> trackers = new ArrayList<>();
    for (YamlNode item : list.items()) {
      Fields.of(file, item, "a tracker", SettingsReader.TRACKER)
          .flatMap(this::tracker)
          .ifPresent(trackers::add);
    }
    return trackers;
  }

  private Optional<TrackerSetting> tracker(Fields fields) {
    Optional<String> table = text(fields, "table");
    List<Path> folders = fields.find("files").map(this::folders).orElse(List.of());
    return fields
        .require("tool", "tool: flyway")
        .flatMap(this::tool)
        .map(tool -> new TrackerSetting(tool, table, folders));
  }

  private Optional<Tool> tool(YamlNode node) {
    Optional<String> name = variables.fill(node).flatMap(n -> scalars.text("tool", n));
    Optional<Tool> tool = name.flatMap(Tool::named);
    if (name.isPresent() && tool.isEmpty()) {
      file.problem(
          node.start(),
          "Plumbline knows no tool `" + name.get() + "`",
          name.get(),
          Suggestion.sentence(name.get(), Tool.words()));
    }
    return tool;
  }

  private Optional<String> text(Fields fields, String key) {
    return fields.find(key).flatMap(variables::fill).flatMap(node -> scalars.text(key, node));
  }

  /** One folder or several; a relative one starts at {@code plumb.yaml}. */
  private List<Path> folders(YamlNode node) {
    List<? extends YamlNode> items =
        switch (node) {
          case Sequence list -> list.items();
          case Scalar one -> List.of(one);
          case YamlNode.Mapping map -> List.of(map);
        };
    List<Path> folders = new ArrayList<>();
    for (YamlNode item : items) {
      variables
          .fill(item)
          .flatMap(filled -> scalars.text("files", filled))
          .map(text -> file.path().resolveSibling(text).normalize())
          .ifPresent(folders::add);
    }
    return folders;
  }
}
