package dev.plumbline.crm;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A request that the CRM refuses, with what its answer says. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String category;
  private final String text;
  private final transient Map<String, List<String>> context;

  private ApiError(int status, String category, String message, Map<String, List<String>> context) {
    super(message, null, false, false);
    this.status = status;
    this.category = category;
    this.text = message;
    this.context = context;
  }

  static ApiError invalid(String message) {
    return new ApiError(400, "VALIDATION_ERROR", message, Map.of());
  }

  /** A value that is not taken, in the words of the CRM, which puts JSON into its message. */
  static ApiError invalidValue(String property, String error, String message) {
    return invalid(
        "Property values were not valid: "
            + Json.list(
                List.of(
                    Json.object()
                        .put("isValid", false)
                        .put("message", message)
                        .put("error", error)
                        .put("name", property))));
  }

  static ApiError notFound(String message, List<String> ids) {
    return new ApiError(404, "OBJECT_NOT_FOUND", message, Map.of("ids", ids));
  }

  static ApiError noSuchPlace() {
    return new ApiError(404, "OBJECT_NOT_FOUND", "Unable to infer object type or path", Map.of());
  }

  static ApiError wrongMethod() {
    return new ApiError(405, "METHOD_NOT_ALLOWED", "Method Not Allowed", Map.of());
  }

  static ApiError conflict(String message) {
    return new ApiError(409, "CONFLICT", message, Map.of());
  }

  static ApiError noToken() {
    return new ApiError(
        401,
        "INVALID_AUTHENTICATION",
        "Authentication credentials not found. This API supports OAuth 2.0 authentication.",
        Map.of());
  }

  static ApiError expiredToken(String when) {
    return new ApiError(
        401,
        "EXPIRED_AUTHENTICATION",
        "The OAuth token used to make this call expired.",
        Map.of("expire time", List.of(when)));
  }

  static ApiError missingScope(String scope) {
    return new ApiError(
        403,
        "MISSING_SCOPES",
        "This app hasn't been granted all required scopes to make this call.",
        Map.of("requiredGranularScopes", List.of(scope)));
  }

  /** The same as the reason why a whole request is refused. */
  ApiError ofWholeRequest() {
    return invalid(text);
  }

  Answer answer(long request) {
    var body = item().put("correlationId", correlation(request));
    return new Answer(status, body);
  }

  /** The error of one record of a batch. */
  com.fasterxml.jackson.databind.node.ObjectNode item() {
    var body = Json.object().put("status", "error").put("message", text).put("category", category);
    if (!context.isEmpty()) {
      var node = body.putObject("context");
      context.forEach((name, texts) -> node.set(name, Json.texts(texts)));
    }
    return body;
  }

  static String correlation(long request) {
    return new UUID(Chance.mix(request), Chance.mix(~request)).toString();
  }
}
