package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** When two JSON values are the same: keys' order and the spelling of numbers do not matter. */
final class Values {
  private Values() {}

  @SuppressWarnings("ReferenceEquality") // the same object is the same value, and quickly so
  static boolean same(JsonNode one, JsonNode other) {
    if (one == other) {
      return true;
    }
    if (one.getNodeType() != other.getNodeType()) {
      return false;
    }
    return switch (one.getNodeType()) {
      case OBJECT -> sameObject(one, other);
      case ARRAY -> sameArray(one, other);
      case NUMBER -> sameNumber(one, other);
      case STRING -> one.textValue().equals(other.textValue());
      case BOOLEAN -> one.booleanValue() == other.booleanValue();
      case NULL, MISSING -> true;
      case BINARY, POJO -> one.equals(other);
    };
  }

  private static boolean sameObject(JsonNode one, JsonNode other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> entry : one.properties()) {
      JsonNode there = other.get(entry.getKey());
      if (there == null || !same(entry.getValue(), there)) {
        return false;
      }
    }
    return true;
  }

  /** The keys of two objects that hold the same in both; none of other values. */
  static Set<String> sameKeys(JsonNode one, JsonNode other) {
    Set<String> keys = new HashSet<>();
    if (one.isObject() && other.isObject()) {
      for (Map.Entry<String, JsonNode> entry : one.properties()) {
        JsonNode there = other.get(entry.getKey());
        if (there != null && same(entry.getValue(), there)) {
          keys.add(entry.getKey());
        }
      }
    }
    return keys;
  }

  private static boolean sameArray(JsonNode one, JsonNode other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!same(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameNumber(JsonNode one, JsonNode other) {
    if (one.canConvertToLong() && one.isIntegralNumber() && other.isInt()) {
      return one.longValue() == other.longValue();
    }
    if (isNoNumber(one) || isNoNumber(other)) {
      return one.equals(other);
    }
    return one.decimalValue().compareTo(other.decimalValue()) == 0;
  }

  private static boolean isNoNumber(JsonNode number) {
    return number.isFloatingPointNumber()
        && !number.isBigDecimal()
        && !Double.isFinite(number.doubleValue());
  }

  /** Equal for values that are the same. */
  static int hash(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        int sum = 1;
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          sum += 31 * entry.getKey().hashCode() ^ hash(entry.getValue());
        }
        yield sum;
      }
      case ARRAY -> {
        int sum = 7;
        for (JsonNode item : value) {
          sum = 31 * sum + hash(item);
        }
        yield sum;
      }
      case NUMBER -> hashOfNumber(value);
      case STRING -> value.textValue().hashCode();
      case BOOLEAN -> Boolean.hashCode(value.booleanValue());
      case NULL, MISSING, BINARY, POJO -> 0;
    };
  }

  private static int hashOfNumber(JsonNode number) {
    if (number.isInt() || number.isLong()) {
      return Long.hashCode(number.longValue());
    }
    if (isNoNumber(number)) {
      return Double.hashCode(number.doubleValue());
    }
    BigDecimal value = number.decimalValue().stripTrailingZeros();
    boolean small = value.scale() <= 0 && value.precision() - value.scale() <= 19;
    BigInteger whole = small ? value.toBigIntegerExact() : BigInteger.ZERO;
    boolean isLong = small && whole.bitLength() < Long.SIZE;
    return isLong ? Long.hashCode(whole.longValue()) : value.hashCode();
  }
}
