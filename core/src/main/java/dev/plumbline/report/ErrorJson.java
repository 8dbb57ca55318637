package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.ExitCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Problem;
import dev.plumbline.error.ProjectException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** An error as JSON; the fields are described in docs/json.md. */
public final class ErrorJson {
  private ErrorJson() {}

  /** The document of a command that ended with an error; it ends with a line break. */
  public static String of(PlumblineException error) {
    return Json.document(
        json -> {
          json.writeStartObject();
          json.writeFieldName("error");
          write(json, error);
          json.writeEndObject();
        });
  }

  static void write(JsonGenerator json, PlumblineException error) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", error.code().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("exit", ExitCode.of(error.code()).status());
    json.writeStringField("what", error.what());
    json.writeStringField("safe", error.safe());
    json.writeStringField("next", error.next());
    json.writeArrayFieldStart("problems");
    for (Problem problem : problems(error)) {
      problem(json, problem);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static List<Problem> problems(PlumblineException error) {
    return switch (error) {
      case ProjectException project -> project.problems();
      case DatabaseException database -> database.problem().stream().toList();
      default -> List.of();
    };
  }

  private static void problem(JsonGenerator json, Problem problem) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", problem.position().file().toString());
    json.writeNumberField("line", problem.position().line());
    json.writeNumberField("column", problem.position().column());
    json.writeStringField("text", problem.text());
    json.writeStringField("what", problem.what());
    json.writeStringField("suggestion", problem.suggestion().orElse(null));
    json.writeEndObject();
  }
}
