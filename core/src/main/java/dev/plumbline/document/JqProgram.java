package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A jq program, compiled once; for any number of threads. */
public final class JqProgram {
  static final Version LANGUAGE = Versions.JQ_1_7;

  private final JsonQuery query;
  private final Scope scope;

  private JqProgram(JsonQuery query, Scope scope) {
    this.query = query;
    this.scope = scope;
  }

  static JqProgram compile(Program.Jq program, Scope scope) {
    try {
      return new JqProgram(JsonQuery.compile(program.text(), LANGUAGE), scope);
    } catch (JsonQueryException e) {
      throw new IllegalArgumentException("not checked when it was read: " + e.getMessage(), e);
    }
  }

  /** What is wrong with a program's text; empty: nothing. */
  public static Optional<String> fault(String text) {
    try {
      JsonQuery.compile(text, LANGUAGE);
      return Optional.empty();
    } catch (JsonQueryException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Every value that it gives. */
  List<JsonNode> all(JsonNode input, Map<String, JsonNode> variables) throws ProgramFailed {
    Scope own = Scope.newChildScope(scope);
    variables.forEach(own::setValue);
    List<JsonNode> values = new ArrayList<>(1);
    try {
      query.apply(own, input, values::add);
      return values;
    } catch (JsonQueryException e) {
      throw new ProgramFailed(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw new ProgramFailed("it calls itself too deep");
    }
  }

  /** Its one value. */
  JsonNode one(JsonNode input, Map<String, JsonNode> variables) throws ProgramFailed {
    List<JsonNode> values = all(input, variables);
    if (values.size() != 1) {
      throw new ProgramFailed("it gives " + values.size() + " values, where one is wanted");
    }
    return values.getFirst();
  }
}
