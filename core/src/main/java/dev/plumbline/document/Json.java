package dev.plumbline.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/** JSON texts, read without losing anything and written compactly. */
public final class Json {
  /** Deeper documents are refused: programs walk them by recursion. */
  static final int DEEPEST = 512;

  /**
   * Not ignored, as it might be (RFC 8259, 8.1): it must not be written, and would get lost without
   * anybody having asked for it.
   */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final int LARGEST_EXPONENT = 10_000;
  private static final int LONGEST_NUMBER = 100_000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  /**
   * The value that a text is.
   *
   * @throws UnreadableJson if it is none, holds a key twice in one object, or is nested too deep
   */
  public static JsonNode read(String text) throws UnreadableJson {
    if (text.startsWith(BYTE_ORDER_MARK)) {
      throw new UnreadableJson("It begins with a byte order mark, U+FEFF", 1, 1);
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      return read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(JsonParser parser) throws IOException, UnreadableJson {
    try {
      if (parser.nextToken() == null) {
        throw new UnreadableJson("There is nothing", 1, 1);
      }
      JsonNode value = value(parser);
      if (parser.nextToken() != null) {
        throw unreadable("Something follows the document", parser.currentTokenLocation());
      }
      return value;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw unreadable(what(e), at == null ? parser.currentLocation() : at);
    }
  }

  /** The parser's complaint without the words of the document, which may be private. */
  private static String what(JsonProcessingException e) {
    String said = String.valueOf(e.getOriginalMessage());
    if (e instanceof StreamConstraintsException) {
      return said.contains("nesting depth")
          ? "It is nested more than " + DEEPEST + " deep"
          : "A number has more than " + LONGEST_NUMBER + " digits";
    }
    if (said.startsWith("Unrecognized token") || said.startsWith("Non-standard token")) {
      return "A word that is not JSON's stands there";
    }
    return said.replaceFirst(" \\((?:start marker at|not recognized).*", "")
        .replaceFirst(": (?:maybe a|expected|was expecting).*", "");
  }

  private static UnreadableJson unreadable(String what, JsonLocation at) {
    return new UnreadableJson(what, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }

  private static JsonNode value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  /** Exactly; but numbers that only their exponent makes huge would cost memory to compute with. */
  private static JsonNode decimal(JsonParser parser) throws IOException {
    BigDecimal value = exact(parser);
    if (Math.abs((long) value.scale()) > LARGEST_EXPONENT) {
      throw new JsonParseException(
          parser, "A number's exponent is beyond " + LARGEST_EXPONENT, parser.currentLocation());
    }
    return NODES.numberNode(value);
  }

  private static BigDecimal exact(JsonParser parser) throws IOException {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException e) {
      throw new JsonParseException(
          parser, "A number's exponent is beyond " + LARGEST_EXPONENT, parser.currentLocation());
    }
  }

  private static ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      parser.nextToken();
      object.set(key, value(parser));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  /** The value as text, without a space, its keys in their order. */
  public static String write(JsonNode value) {
    return new JsonText().append(value).toString();
  }
}
