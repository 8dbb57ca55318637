package dev.plumbline.project;

import dev.plumbline.document.Program;
import dev.plumbline.http.HttpLimits;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.source.SourceSetting.Listing;
import dev.plumbline.source.SourceSetting.Reading;
import dev.plumbline.source.SourceSetting.Writing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a source behind HTTP is made of. */
final class HttpParts {
  static final List<String> LIMITS =
      List.of("per_10_seconds", "per_second_searches", "per_day", "headroom", "timeout");
  static final List<String> LISTING = List.of("url", "items", "next", "after");
  static final List<String> READING = List.of("url", "item");
  static final List<String> WRITING = List.of("method", "url", "body", "check");
  private static final List<String> HEADERS = List.of("headers");
  static final List<String> METHODS = List.of("PATCH", "PUT", "POST");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,3})?)\\s*%");

  private final ProjectFile file;
  private final ScalarReader scalars;
  private final Variables variables;
  private final ProgramReader programs;

  HttpParts(ProjectFile file, ScalarReader scalars, Variables variables) {
    this.file = file;
    this.scalars = scalars;
    this.variables = variables;
    this.programs = new ProgramReader(file, Set.of());
  }

  /** Text with its variables filled in. */
  Optional<String> filled(Fields fields, String key) {
    return fields.find(key).flatMap(variables::fill).flatMap(node -> scalars.text(key, node));
  }

  /** A jq program as text; what is said where there is none. */
  String program(Fields fields, String key, String otherwise) {
    return program(programs, fields, key, otherwise);
  }

  private static String program(
      ProgramReader programs, Fields fields, String key, String otherwise) {
    return fields
        .find(key)
        .flatMap(node -> programs.read(key, node))
        .map(Program.Jq::text)
        .orElse(otherwise);
  }

  Map<String, String> headers(YamlNode node) {
    Map<String, String> headers = new HashMap<>();
    for (KeyValue entry : entries("headers", "text", node)) {
      variables
          .fill(entry.value())
          .flatMap(value -> scalars.label(entry.key().value(), value))
          .ifPresent(text -> headers.put(entry.key().value(), text));
    }
    return headers;
  }

  private List<KeyValue> entries(String key, String what, YamlNode node) {
    if (node instanceof Mapping map && !map.entries().isEmpty()) {
      return List.copyOf(Fields.byName(file, map).values());
    }
    file.problem(
        node.start(),
        "`" + key + "` is a map from name to " + what + ", but here is " + node.description(),
        file.rest(node.start()).strip(),
        "Write a name and, behind its colon, " + what + "; or remove `" + key + "`.");
    return List.of();
  }

  Optional<Listing> listing(YamlNode node) {
    return Fields.of(file, node, "`list`", LISTING)
        .flatMap(
            fields -> {
              fields.require("url", "url: /records");
              fields.require("next", "next: .next_page");
              String items = program(fields, "items", ".");
              String next = program(programs.with(HEADERS), fields, "next", "empty");
              Optional<String> after = filled(fields, "after");
              return filled(fields, "url").map(url -> new Listing(url, items, next, after));
            });
  }

  Optional<Reading> reading(String key, YamlNode node) {
    return Fields.of(file, node, "`" + key + "`", READING)
        .flatMap(
            fields -> {
              fields.require("url", "url: \"/records/{id}\"");
              String item = program(fields, "item", ".");
              return filled(fields, "url").map(url -> new Reading(url, item));
            });
  }

  Map<String, Reading> finding(YamlNode node) {
    Map<String, Reading> find = new HashMap<>();
    for (KeyValue entry : entries("find", "how it is looked up", node)) {
      String name = entry.key().value();
      reading(name, entry.value()).ifPresent(reading -> find.put(name, reading));
    }
    return find;
  }

  Optional<Writing> writing(YamlNode node) {
    return Fields.of(file, node, "`write`", WRITING)
        .flatMap(
            fields -> {
              fields.require("url", "url: \"/records/{id}\"");
              String method =
                  fields
                      .find("method")
                      .flatMap(value -> scalars.choice("method", value, METHODS))
                      .orElse(METHODS.getFirst());
              String body = program(fields, "body", ".properties");
              boolean check =
                  fields.find("check").flatMap(v -> scalars.bool("check", v)).orElse(true);
              return filled(fields, "url").map(url -> new Writing(method, url, body, check));
            });
  }

  /** What may be asked of the service; where nothing is said, the defaults. */
  HttpLimits limits(Fields source) {
    Optional<Fields> limits =
        source.find("limits").flatMap(node -> Fields.of(file, node, "`limits`", LIMITS));
    return limits.map(this::limitsOf).orElse(HttpLimits.DEFAULT);
  }

  private HttpLimits limitsOf(Fields fields) {
    HttpLimits usual = HttpLimits.DEFAULT;
    return new HttpLimits(
        Math.toIntExact(number(fields, "per_10_seconds", usual.perTenSeconds())),
        Math.toIntExact(number(fields, "per_second_searches", usual.searchesPerSecond())),
        number(fields, "per_day", usual.perDay()),
        fields.find("headroom").flatMap(this::share).orElse(usual.headroom()),
        duration(fields).orElse(usual.timeout()));
  }

  private long number(Fields fields, String key, long usual) {
    return fields
        .find(key)
        .flatMap(variables::fill)
        .flatMap(node -> scalars.wholeNumber(key, node, 1, 1_000_000_000))
        .orElse(usual);
  }

  private Optional<Duration> duration(Fields fields) {
    return fields.find("timeout").flatMap(node -> scalars.duration("timeout", node));
  }

  private Optional<Double> share(YamlNode node) {
    String text = node instanceof Scalar scalar ? scalar.value().strip() : "";
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      return Optional.of(new BigDecimal(percent.group(1)).movePointLeft(2).doubleValue());
    }
    file.problem(
        node.start(),
        "`headroom` is a share in percent, but here is " + node.description(),
        file.rest(node.start()).strip(),
        "Write such as `headroom: 5%`.");
    return Optional.empty();
  }
}
