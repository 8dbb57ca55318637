package dev.plumbline.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** What a key of the setting takes out of an answer, in jq. For any number of threads. */
final class JqExpression {
  private static final Scope BUILT_IN = Scope.newEmptyScope();

  static {
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, BUILT_IN);
  }

  private final String key;
  private final JsonQuery query;

  private JqExpression(String key, JsonQuery query) {
    this.key = key;
    this.query = query;
  }

  /**
   * Compiles a program.
   *
   * @param key whose it is, for errors: {@code list.items}
   * @throws PlumblineException 78 if it is none
   */
  static JqExpression of(String key, String text) {
    try {
      return new JqExpression(key, JsonQuery.compile(text, Versions.JQ_1_7));
    } catch (JsonQueryException e) {
      throw wrong(key, "is not jq: " + e.getMessage(), e);
    }
  }

  /**
   * All that it gives.
   *
   * @throws PlumblineException 78 if it fails on the input
   */
  List<JsonNode> all(JsonNode input, Map<String, JsonNode> variables) {
    try {
      return evaluate(input, variables);
    } catch (JsonQueryException | StackOverflowError e) {
      throw wrong(key, "fails on what the service answered", e);
    }
  }

  private List<JsonNode> evaluate(JsonNode input, Map<String, JsonNode> variables)
      throws JsonQueryException {
    Scope scope = Scope.newChildScope(BUILT_IN);
    variables.forEach(scope::setValue);
    List<JsonNode> values = new ArrayList<>(1);
    query.apply(scope, input, values::add);
    return values;
  }

  /** The first that it gives; empty where that is null or nothing. */
  Optional<JsonNode> first(JsonNode input) {
    return first(input, Map.of());
  }

  /** The same with variables. */
  Optional<JsonNode> first(JsonNode input, Map<String, JsonNode> variables) {
    return all(input, variables).stream().findFirst().filter(value -> !value.isNull());
  }

  private static PlumblineException wrong(String key, String what, Throwable cause) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "The program under " + key + " " + what + ".",
        "Nothing was written by this request.",
        "Try it with jq on an answer of the service, then mend source: in the transform's file.",
        cause);
  }
}
