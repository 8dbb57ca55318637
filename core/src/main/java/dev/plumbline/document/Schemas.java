package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.Optional;

/** JSON Schemas, complete in themselves: nothing is fetched. */
public final class Schemas {
  private Schemas() {}

  static JsonSchema compile(JsonNode schema) {
    VersionFlag version =
        SpecVersionDetector.detectOptionalVersion(schema, false).orElse(VersionFlag.V202012);
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            version,
            builder ->
                builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
    JsonSchema compiled =
        factory.getSchema(
            schema, SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build());
    compiled.initializeValidators();
    return compiled;
  }

  /** What is wrong with a schema; empty: nothing. */
  public static Optional<String> fault(JsonNode schema) {
    try {
      compile(schema);
      return Optional.empty();
    } catch (JsonSchemaException | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
