package dev.plumbline.project;

import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.ScalarType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Reads single values; what is of another type is a problem and never converted. */
final class ScalarReader {
  private final ProjectFile file;

  ScalarReader(ProjectFile file) {
    this.file = file;
  }

  /** Text in words. Numbers and true or false are refused unless quoted. */
  Optional<String> text(String key, YamlNode node) {
    if (node instanceof Scalar scalar
        && scalar.type() == ScalarType.TEXT
        && !scalar.value().isBlank()) {
      return Optional.of(scalar.value().strip());
    }
    return wrong(node, "`" + key + "` is text", "Write it in quotes: `" + key + ": \"…\"`.");
  }

  /** Text that may look like a number, such as a revision; taken as written. */
  Optional<String> label(String key, YamlNode node) {
    if (node instanceof Scalar scalar
        && scalar.type() != ScalarType.NULL
        && !scalar.value().isBlank()) {
      return Optional.of(scalar.value().strip());
    }
    return wrong(node, "`" + key + "` is text", "Write it in quotes: `" + key + ": \"…\"`.");
  }

  /** One of a few words. */
  Optional<String> choice(String key, YamlNode node, Collection<String> allowed) {
    if (node instanceof Scalar scalar && allowed.contains(scalar.value())) {
      return Optional.of(scalar.value());
    }
    return wrong(
        node,
        "`" + key + "` is one of " + String.join(", ", allowed),
        "Write `" + key + ": " + allowed.iterator().next() + "`.");
  }

  Optional<Boolean> bool(String key, YamlNode node) {
    if (node instanceof Scalar scalar && scalar.type() == ScalarType.BOOL) {
      return Optional.of(Boolean.parseBoolean(scalar.value()));
    }
    return wrong(node, "`" + key + "` is true or false", "Write `" + key + ": true`.");
  }

  /** A whole number between two bounds, both included. */
  Optional<Long> wholeNumber(String key, YamlNode node, long least, long most) {
    if (node instanceof Scalar scalar && scalar.type() == ScalarType.INTEGER) {
      Optional<BigDecimal> number = between(scalar, least, most);
      if (number.isPresent()) {
        return number.map(BigDecimal::longValueExact);
      }
    }
    return wrong(
        node,
        "`" + key + "` is a whole number from " + least + " to " + most,
        "Write the number alone, without quotes or a unit.");
  }

  /** A percentage, 0 to 100. */
  Optional<BigDecimal> percentage(String key, YamlNode node) {
    if (node instanceof Scalar scalar) {
      Optional<BigDecimal> number = between(scalar, 0, 100);
      if (number.isPresent()) {
        return number;
      }
    }
    return wrong(
        node,
        "`" + key + "` is a percentage from 0 to 100",
        "Write the number alone, such as `" + key + ": 99.5`.");
  }

  private static Optional<BigDecimal> between(Scalar scalar, long least, long most) {
    return Numbers.parse(scalar)
        .filter(number -> number.compareTo(BigDecimal.valueOf(least)) >= 0)
        .filter(number -> number.compareTo(BigDecimal.valueOf(most)) <= 0);
  }

  /**
   * A time with its unit, longer than nothing: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}.
   */
  Optional<Duration> duration(String key, YamlNode node) {
    if (node instanceof Scalar scalar) {
      Optional<Duration> duration = Durations.parse(scalar.value());
      if (duration.isPresent()) {
        return duration;
      }
    }
    return wrong(
        node,
        "`" + key + "` is a time with its unit, up to a day",
        "Write such as `500ms`, `30s`, `5m` or `1h`.");
  }

  private <T> Optional<T> wrong(YamlNode node, String what, String suggestion) {
    String found =
        node instanceof Scalar scalar && !scalar.isAbsent()
            ? "`" + file.between(scalar.start(), scalar.end()).strip() + "`"
            : node.description();
    file.problem(node.start(), what + ", but here is " + found, found.replace("`", ""), suggestion);
    return Optional.empty();
  }
}
