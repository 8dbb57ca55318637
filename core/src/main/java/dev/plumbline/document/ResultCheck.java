package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import dev.plumbline.document.Examination.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.Scope;

/** Looks whether a result is as {@code validate} says. For any number of threads. */
final class ResultCheck {
  private static final String RULE = "validate";

  private final Looks looks;

  private interface Looks {
    List<Finding> at(JsonNode result) throws ProgramFailed;
  }

  ResultCheck(Check check, Scope scope) {
    this.looks =
        switch (check) {
          case Check.Holds holds -> {
            JqProgram program = JqProgram.compile(holds.program(), scope);
            yield result -> holds(program, result);
          }
          case Check.Schema schema -> {
            JsonSchema compiled = Schemas.compile(schema.schema());
            yield result -> meets(compiled, schema.path(), result);
          }
        };
  }

  List<Finding> look(JsonNode result) throws ProgramFailed {
    return looks.at(result);
  }

  private static List<Finding> holds(JqProgram program, JsonNode result) throws ProgramFailed {
    try {
      JsonNode answer = program.one(result, Map.of());
      return answer.isBoolean() && answer.booleanValue()
          ? List.of()
          : List.of(new Finding(RULE, "", "does not hold"));
    } catch (ProgramFailed e) {
      throw new ProgramFailed(RULE + ": " + e.what());
    }
  }

  private static List<Finding> meets(JsonSchema schema, String path, JsonNode result) {
    List<Finding> findings = new ArrayList<>();
    for (ValidationMessage message : schema.validate(result)) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < message.getInstanceLocation().getNameCount(); i++) {
        keys.add(String.valueOf(message.getInstanceLocation().getElement(i)));
      }
      findings.add(
          new Finding(
              RULE, PathText.of(keys), "does not meet `" + message.getType() + "` of " + path));
    }
    return findings;
  }
}
