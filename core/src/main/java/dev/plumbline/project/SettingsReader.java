package dev.plumbline.project;

import dev.plumbline.backup.BackupPlace;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code plumb.yaml}. Variables are filled in only where the command at hand needs them. */
final class SettingsReader {
  static final List<String> KEYS =
      List.of(
          "project",
          "database",
          "environments",
          "alerts",
          "lease",
          "lock_timeout",
          "statement_timeout",
          "batch",
          "workers",
          "trackers",
          "backup");
  static final List<String> ENVIRONMENT = List.of("database", "protected");
  static final List<String> ALERT = List.of("webhook", "every");
  static final List<String> BACKUP = List.of("folder", "with");
  static final List<String> BACKUP_WITH = List.of("command");
  static final List<String> BATCH = List.of("size", "target");
  static final List<String> TRACKER = List.of("tool", "table", "files");

  private static final int MOST_EVERY = 1_000_000;

  private final ProjectFile file;
  private final ScalarReader scalars;
  private final Variables variables;
  private final TrackersReader trackers;
  private final BackupReader backups;

  SettingsReader(ProjectFile file, ReadOptions options) {
    this.file = file;
    this.scalars = new ScalarReader(file);
    this.variables = new Variables(file, options.variables());
    this.trackers = new TrackersReader(file, scalars, variables);
    this.backups = new BackupReader(file, scalars, variables);
  }

  /**
   * What {@code plumb.yaml} says.
   *
   * @param database the value of {@code database}, its variables not filled in
   */
  record Settings(
      String name,
      Optional<Scalar> database,
      Map<String, Section> environments,
      RunSettings run,
      List<Alert> alerts,
      List<TrackerSetting> trackers,
      Optional<BackupPlace> backup) {}

  /** One of {@code environments}. */
  record Section(Optional<Scalar> database, boolean isProtected) {}

  Optional<Settings> read() {
    return YamlParser.parse(file)
        .flatMap(root -> Fields.of(file, root, "plumb.yaml", KEYS))
        .map(this::read);
  }

  private Settings read(Fields fields) {
    Optional<String> name =
        fields
            .require("project", "project: campus")
            .flatMap(variables::fill)
            .flatMap(node -> scalars.text("project", node));
    return new Settings(
        name.orElse(""),
        address(fields, "database"),
        fields.find("environments").map(this::environments).orElseGet(Map::of),
        run(fields),
        fields.find("alerts").map(this::alerts).orElse(List.of()),
        fields.find("trackers").map(trackers::read).orElse(List.of()),
        fields.find("backup").flatMap(backups::read));
  }

  /** Text that may hold a secret and is filled in when it is used. */
  private Optional<Scalar> address(Fields fields, String key) {
    Optional<YamlNode> node = fields.find(key);
    node.ifPresent(variables::check);
    return node.flatMap(value -> scalars.text(key, value).map(text -> (Scalar) value));
  }

  private Map<String, Section> environments(YamlNode node) {
    Map<String, Section> environments = new TreeMap<>();
    if (!(node instanceof Mapping map) || map.entries().isEmpty()) {
      file.problem(
          node.start(),
          "`environments` is a map from name to environment, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write `production:` and, indented below it, its `database`.");
      return environments;
    }
    for (KeyValue entry : Fields.byName(file, map).values()) {
      String name = entry.key().value();
      Fields.of(file, entry.value(), "the environment `" + name + "`", ENVIRONMENT)
          .ifPresent(fields -> environments.put(name, environment(fields)));
    }
    return environments;
  }

  private Section environment(Fields fields) {
    Optional<Boolean> isProtected =
        fields
            .find("protected")
            .flatMap(variables::fill)
            .flatMap(node -> scalars.bool("protected", node));
    return new Section(address(fields, "database"), isProtected.orElse(false));
  }

  private List<Alert> alerts(YamlNode node) {
    if (!(node instanceof Sequence list) || list.items().isEmpty()) {
      file.problem(
          node.start(),
          "`alerts` is a list, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write such as `- webhook: ${ALERT_WEBHOOK_URL}`.");
      return List.of();
    }
    List<Alert> alerts = new ArrayList<>();
    for (YamlNode item : list.items()) {
      Fields.of(file, item, "an alert", ALERT).flatMap(this::alert).ifPresent(alerts::add);
    }
    return alerts;
  }

  private Optional<Alert> alert(Fields fields) {
    fields.require("webhook", "webhook: ${ALERT_WEBHOOK_URL}");
    int every = number(fields, "every", MOST_EVERY).orElse(Alert.DEFAULT_EVERY);
    return address(fields, "webhook")
        .map(webhook -> new Alert(new Setting(webhook.value(), webhook.firstCharacter()), every));
  }

  private RunSettings run(Fields fields) {
    Optional<Fields> batch =
        fields.find("batch").flatMap(node -> Fields.of(file, node, "`batch`", BATCH));
    return new RunSettings(
        duration(fields, "lease").orElse(RunSettings.DEFAULT_LEASE),
        duration(fields, "lock_timeout"),
        duration(fields, "statement_timeout"),
        batch.flatMap(size -> number(size, "size", RunSettings.LARGEST_BATCH)),
        batch.flatMap(target -> duration(target, "target")),
        number(fields, "workers", RunSettings.MOST_WORKERS));
  }

  private Optional<Duration> duration(Fields fields, String key) {
    return fields.find(key).flatMap(variables::fill).flatMap(node -> scalars.duration(key, node));
  }

  private Optional<Integer> number(Fields fields, String key, int most) {
    return fields
        .find(key)
        .flatMap(variables::fill)
        .flatMap(node -> scalars.wholeNumber(key, node, 1, most))
        .map(Math::toIntExact);
  }
}
