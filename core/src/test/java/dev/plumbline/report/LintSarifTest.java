package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.plumbline.lint.LintReport;
import dev.plumbline.lint.LintSource;
import dev.plumbline.lint.Linter;
import dev.plumbline.lint.WithParser;
import dev.plumbline.lint.rule.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is printed meets the schema of SARIF 2.1.0, as the standard's committee publishes it. */
@WithParser
class LintSarifTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMA =
      Path.of("src", "test", "resources", "sarif", "sarif-2.1.0-rtm.5.json");

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
        .getSchema(JSON.readTree(SCHEMA.toFile()));
  }

  private static JsonNode sarif(Path file, String sql) throws IOException {
    LintReport report =
        new Linter(Rules.ALL, List.of(), Optional.empty(), false)
            .lint(List.of(new LintSource(file, sql, "", false, true)));
    return JSON.readTree(LintSarif.of(report, "1.0", Rules.ALL));
  }

  @Test
  void findings_meet_the_schema() throws IOException {
    JsonNode sarif = sarif(Path.of("db", "1 ä.sql"), "SELEC 1;\nBEGIN;\n-- plumb:allow x\n");
    assertThat(schema().validate(sarif)).extracting(ValidationMessage::getMessage).isEmpty();
    assertThat(sarif.at("/runs/0/results")).hasSize(3);
    assertThat(sarif.at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri"))
        .hasToString("\"db/1%20%C3%A4.sql\"");
    assertThat(sarif.at("/runs/0/results/0/locations/0/physicalLocation/region"))
        .hasToString("{\"startLine\":1,\"startColumn\":1,\"endColumn\":6}");
  }

  @Test
  void a_report_without_findings_meets_the_schema() throws IOException {
    assertThat(schema().validate(sarif(Path.of("1.sql"), "SELECT 1"))).isEmpty();
  }

  @Test
  void each_result_names_its_rule_among_those_of_the_tool() throws IOException {
    for (JsonNode result : sarif(Path.of("1.sql"), "SELEC 1;\nBEGIN;").at("/runs/0/results")) {
      JsonNode rules = sarif(Path.of("1.sql"), "").at("/runs/0/tool/driver/rules");
      assertThat(rules.get(result.get("ruleIndex").asInt()).get("id"))
          .isEqualTo(result.get("ruleId"));
    }
  }

  @Test
  void what_is_no_sarif_does_not_meet_the_schema() throws IOException {
    assertThat(schema().validate(JSON.readTree("{\"version\": \"2.1.0\", \"runs\": [{}]}")))
        .isNotEmpty();
  }
}
