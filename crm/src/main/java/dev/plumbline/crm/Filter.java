package dev.plumbline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** One condition of a search. Texts compare without regard to upper and lower case. */
record Filter(String property, Operator operator, List<String> values) {

  private static final String ID = "hs_object_id";

  enum Operator {
    EQ,
    NEQ,
    GT,
    GTE,
    LT,
    LTE,
    HAS_PROPERTY,
    NOT_HAS_PROPERTY,
    IN,
    NOT_IN
  }

  static Filter read(JsonNode node, Table table) {
    String property = node.path("propertyName").asText();
    if (!table.knows(property)) {
      throw ApiError.invalid("Property '" + property + "' does not exist.");
    }
    Operator operator = operator(node.path("operator").asText());
    List<String> values = new ArrayList<>();
    if (operator == Operator.IN || operator == Operator.NOT_IN) {
      node.path("values").forEach(value -> values.add(value.asText()));
    } else if (operator != Operator.HAS_PROPERTY && operator != Operator.NOT_HAS_PROPERTY) {
      if (!node.path("value").isValueNode() || node.path("value").isNull()) {
        throw ApiError.invalid("Filter on '" + property + "' has no value.");
      }
      values.add(node.path("value").asText());
    }
    return new Filter(property, operator, List.copyOf(values));
  }

  private static Operator operator(String name) {
    try {
      return Operator.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("Invalid input JSON: operator '" + name + "' is not known.");
    }
  }

  boolean holds(Table table, CrmRecord record) {
    if (property.equals(ID)) {
      return holds(value -> Long.compare(record.id(), id(value)));
    }
    Optional<String> text = table.text(record, property);
    return text.isEmpty()
        ? operator == Operator.NOT_HAS_PROPERTY
        : holds(value -> compare(text.get(), value));
  }

  /** Whether it holds for a record that has the property. */
  private boolean holds(ToIntFunction<String> comparison) {
    return switch (operator) {
      case HAS_PROPERTY -> true;
      case NOT_HAS_PROPERTY -> false;
      case EQ -> comparison.applyAsInt(values.getFirst()) == 0;
      case NEQ -> comparison.applyAsInt(values.getFirst()) != 0;
      case GT -> comparison.applyAsInt(values.getFirst()) > 0;
      case GTE -> comparison.applyAsInt(values.getFirst()) >= 0;
      case LT -> comparison.applyAsInt(values.getFirst()) < 0;
      case LTE -> comparison.applyAsInt(values.getFirst()) <= 0;
      case IN -> values.stream().anyMatch(value -> comparison.applyAsInt(value) == 0);
      case NOT_IN -> values.stream().noneMatch(value -> comparison.applyAsInt(value) == 0);
    };
  }

  private static long id(String value) {
    if (!value.matches("[0-9]{1,18}")) {
      throw ApiError.invalid("hs_object_id is compared with a number, not with '" + value + "'.");
    }
    return Long.parseLong(value);
  }

  /** Numbers by value, times also against milliseconds, anything else as text. */
  static int compare(String one, String other) {
    Optional<BigDecimal> left = number(one);
    Optional<BigDecimal> right = number(other);
    if (left.isPresent() && right.isPresent()) {
      return left.get().compareTo(right.get());
    }
    return one.toLowerCase(Locale.ROOT).compareTo(other.toLowerCase(Locale.ROOT));
  }

  private static Optional<BigDecimal> number(String text) {
    if (!text.matches("-?[0-9][0-9.:TZ-]{0,30}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.endsWith("Z")
              ? BigDecimal.valueOf(Instant.parse(text).toEpochMilli())
              : new BigDecimal(text));
    } catch (NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
