package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * A jq program that says of a JSON text whether it is as it should be. For any number of threads.
 */
public final class Predicate {
  private final JqProgram program;

  public Predicate(Program.Jq program) {
    this.program = JqProgram.compile(program, JqLibrary.scope());
  }

  /** Why the text is not as it should be, in half a sentence without its values; empty: it is. */
  public Optional<String> objection(String text) {
    try {
      JsonNode answer = program.one(Json.read(text), Map.of());
      return answer.isBoolean() && answer.booleanValue()
          ? Optional.empty()
          : Optional.of("the body is not as expected");
    } catch (UnreadableJson e) {
      return Optional.of("the body is not JSON");
    } catch (ProgramFailed e) {
      return Optional.of("the body is not as expected: " + e.what());
    }
  }
}
