package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes JSON compactly. Unlike the library's, it keeps lone surrogates, as escapes: written out
 * raw they would become question marks in UTF-8.
 */
final class JsonText {
  private final StringBuilder text = new StringBuilder(512);

  JsonText append(JsonNode value) {
    switch (value.getNodeType()) {
      case OBJECT -> object(value);
      case ARRAY -> array(value);
      case STRING -> string(value.textValue());
      case NUMBER -> number(value);
      case BOOLEAN -> text.append(value.booleanValue());
      case NULL -> text.append("null");
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("JSON has no " + value.getNodeType());
    }
    return this;
  }

  private void object(JsonNode object) {
    text.append('{');
    String separator = "";
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      text.append(separator);
      string(entry.getKey());
      text.append(':');
      append(entry.getValue());
      separator = ",";
    }
    text.append('}');
  }

  private void array(JsonNode array) {
    text.append('[');
    for (Iterator<JsonNode> items = array.elements(); items.hasNext(); ) {
      append(items.next());
      text.append(items.hasNext() ? "," : "");
    }
    text.append(']');
  }

  private void number(JsonNode number) {
    if (number.isDouble() || number.isFloat()) {
      text.append(decimal(number.doubleValue()));
    } else {
      text.append(number.asText());
    }
  }

  /** Numbers that programs compute: 3.0 is 3. */
  private static String decimal(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no number " + value);
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : new BigDecimal(Double.toString(value)).toString();
  }

  static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        control(c);
      } else if (Character.isSurrogate(c)) {
        i += surrogate(value, i);
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  private void control(char c) {
    switch (c) {
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '\b' -> text.append("\\b");
      case '\f' -> text.append("\\f");
      default -> escape(c);
    }
  }

  /** A pair as it is, a lone one as an escape; tells how many characters it took besides one. */
  private int surrogate(String value, int i) {
    char c = value.charAt(i);
    boolean pair = i + 1 < value.length() && Character.isSurrogatePair(c, value.charAt(i + 1));
    if (pair) {
      text.append(c).append(value.charAt(i + 1));
      return 1;
    }
    escape(c);
    return 0;
  }

  private void escape(char c) {
    text.append("\\u").append(HexFormat.of().toHexDigits(c));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
