package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.lint.Finding;
import dev.plumbline.lint.LintReport;
import dev.plumbline.lint.Rule;
import dev.plumbline.lint.Severity;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/**
 * Findings as SARIF 2.1.0, which code hosts and editors read:
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
public final class LintSarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final String version;
  private final List<Rule> rules;

  private LintSarif(String version, List<Rule> rules) {
    this.version = version;
    this.rules = rules;
  }

  /**
   * One document; ends with a line break.
   *
   * @param version Plumbline's
   * @param rules all that were looked for
   */
  public static String of(LintReport report, String version, List<Rule> rules) {
    return Json.document(json -> new LintSarif(version, rules).write(json, report));
  }

  private void write(JsonGenerator json, LintReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("$schema", SCHEMA);
    json.writeStringField("version", "2.1.0");
    json.writeArrayFieldStart("runs");
    json.writeStartObject();
    tool(json);
    json.writeStringField("columnKind", "utf16CodeUnits");
    json.writeArrayFieldStart("results");
    for (Finding finding : report.findings()) {
      result(json, finding);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private void tool(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "plumb lint");
    json.writeStringField("version", version);
    json.writeArrayFieldStart("rules");
    for (Rule rule : rules) {
      rule(json, rule);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void rule(JsonGenerator json, Rule rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", rule.name());
    text(json, "shortDescription", rule.summary());
    text(json, "fullDescription", rule.harm());
    text(json, "help", rule.harm() + "\nSee " + Finding.page(rule.name()));
    json.writeObjectFieldStart("defaultConfiguration");
    json.writeStringField("level", level(rule.severity()));
    json.writeEndObject();
    json.writeEndObject();
  }

  private void result(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", finding.rule());
    int index = rules.stream().map(Rule::name).toList().indexOf(finding.rule());
    if (index >= 0) {
      json.writeNumberField("ruleIndex", index);
    }
    json.writeStringField("level", level(finding.severity()));
    text(
        json,
        "message",
        finding.what()
            + ". "
            + finding.harm()
            + finding.instead().map(sql -> "\nWrite instead:\n" + sql).orElse(""));
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(finding.position().file()));
    json.writeEndObject();
    region(json, finding);
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void region(JsonGenerator json, Finding finding) throws IOException {
    int width = finding.text().lines().findFirst().orElse("").length();
    json.writeObjectFieldStart("region");
    json.writeNumberField("startLine", finding.position().line());
    json.writeNumberField("startColumn", finding.position().column());
    json.writeNumberField("endColumn", finding.position().column() + Math.max(width, 1));
    json.writeEndObject();
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
    };
  }

  /** Relative paths stay so: the host resolves them against the repository. */
  private static String uri(Path file) {
    try {
      return (file.isAbsolute()
              ? file.toUri()
              : new URI(null, null, file.toString().replace('\\', '/'), null))
          .toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a path is always a URI's path", e);
    }
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", value);
    json.writeEndObject();
  }
}
