package dev.plumbline.report;

import dev.plumbline.audit.Violation;
import dev.plumbline.invariant.Agree;
import dev.plumbline.invariant.Invariant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A violation's columns as a reader wants them: where two queries must agree, the difference stands
 * beside each pair of numbers. Immutable.
 */
final class ViolationView {
  private static final String LEFT = "left_";
  private static final String RIGHT = "right_";
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,100}(\\.\\d{1,100})?");

  private record Pair(String name, int left, int right) {}

  private final List<String> columns;
  private final List<Pair> pairs;

  private ViolationView(List<String> columns, List<Pair> pairs) {
    this.columns = columns;
    this.pairs = pairs;
  }

  /**
   * @param columns the names of a violation's columns
   */
  static ViolationView of(Invariant invariant, List<String> columns) {
    return new ViolationView(columns, invariant instanceof Agree ? pairs(columns) : List.of());
  }

  private static List<Pair> pairs(List<String> columns) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).startsWith(LEFT))
        .mapToObj(i -> pair(columns, i))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Pair> pair(List<String> columns, int left) {
    String name = columns.get(left).substring(LEFT.length());
    int right = columns.indexOf(RIGHT + name);
    return right < 0 ? Optional.empty() : Optional.of(new Pair(name, left, right));
  }

  /** The names of all columns. */
  List<String> columns() {
    List<String> all = new ArrayList<>(columns);
    pairs.forEach(pair -> all.add("difference_" + pair.name()));
    return all;
  }

  /** The values in the order of {@link #columns}. */
  List<@Nullable String> values(Violation violation) {
    List<@Nullable String> all = new ArrayList<>(violation.values());
    pairs.forEach(
        pair ->
            all.add(
                difference(
                    violation.values().get(pair.left()), violation.values().get(pair.right()))));
    return Collections.unmodifiableList(all);
  }

  /** Left minus right; a side that is not there counts as 0, and only numbers have a difference. */
  private static @Nullable String difference(@Nullable String left, @Nullable String right) {
    if ((left == null && right == null) || !isNumber(left) || !isNumber(right)) {
      return null;
    }
    return number(left).subtract(number(right)).toPlainString();
  }

  private static boolean isNumber(@Nullable String text) {
    return text == null || NUMBER.matcher(text).matches();
  }

  private static BigDecimal number(@Nullable String text) {
    return text == null ? BigDecimal.ZERO : new BigDecimal(text);
  }
}
