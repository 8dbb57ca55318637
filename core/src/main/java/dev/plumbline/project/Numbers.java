package dev.plumbline.project;

import dev.plumbline.project.YamlNode.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/** The numbers of YAML's core schema, exactly. */
final class Numbers {
  private Numbers() {}

  /** The number that a scalar is; empty for everything else, infinity included. */
  static Optional<BigDecimal> parse(Scalar scalar) {
    return switch (scalar.type()) {
      case INTEGER -> Optional.of(whole(scalar.value().toLowerCase(Locale.ROOT)));
      case DECIMAL -> decimal(scalar.value());
      case NULL, BOOL, TEXT -> Optional.empty();
    };
  }

  private static BigDecimal whole(String text) {
    if (text.startsWith("0x")) {
      return new BigDecimal(new BigInteger(text.substring(2), 16));
    }
    return text.startsWith("0o")
        ? new BigDecimal(new BigInteger(text.substring(2), 8))
        : new BigDecimal(text);
  }

  private static Optional<BigDecimal> decimal(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty(); // .inf, .nan, or an exponent beyond all use
    }
  }
}
