package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.project.NewProject.Made;
import dev.plumbline.proposal.Proposed;
import dev.plumbline.proposal.Proposed.Counted;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@code plumb init} has made and proposes, as JSON; described in docs/json.md. */
public final class InitJson {
  private InitJson() {}

  /**
   * One document; ends with a line break.
   *
   * @param database what was looked at; empty where nothing was
   */
  public static String of(List<Made> made, Optional<String> database, List<Proposed> proposals) {
    return Json.document(
        json -> {
          json.writeStartObject();
          json.writeStringField("command", "init");
          json.writeNumberField("exit", 0);
          Json.texts(json, "made", paths(made, true));
          Json.texts(json, "kept", paths(made, false));
          json.writeStringField("database", database.orElse(null));
          json.writeArrayFieldStart("proposals");
          for (Proposed proposed : proposals) {
            proposal(json, proposed);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static List<String> paths(List<Made> made, boolean isNew) {
    return made.stream()
        .filter(one -> one.isNew() == isNew)
        .map(one -> one.path().toString())
        .toList();
  }

  private static void proposal(JsonGenerator json, Proposed proposed) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", proposed.name());
    json.writeStringField("says", proposed.says());
    OptionalLong rows = proposed.counted().map(Counted::rows).orElse(OptionalLong.empty());
    OptionalLong violations =
        proposed.counted().map(c -> OptionalLong.of(c.violations())).orElse(OptionalLong.empty());
    Json.number(json, "rows", rows);
    Json.number(json, "violations", violations);
    json.writeStringField("not_counted", proposed.note().orElse(null));
    json.writeEndObject();
  }
}
