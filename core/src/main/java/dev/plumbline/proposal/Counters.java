package dev.plumbline.proposal;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.proposal.Proposal.Evidence;
import dev.plumbline.schema.Column;
import dev.plumbline.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Proposes that a column which is named as a count ({@code comments_count}, {@code total_lessons},
 * {@code num_items}) equals the count of those rows: of a table that refers to its row, or that
 * refers to the same row of a third table by a column of the same name.
 */
final class Counters {
  private static final Pattern COUNT =
      Pattern.compile("(?:(?:total|num|number_of|n|nr_of|count|count_of)_(.+)|(.+)_(?:count|cnt))");

  private final Dialect dialect;

  Counters(Dialect dialect) {
    this.dialect = dialect;
  }

  /** How the counted rows find the row that carries their count. */
  private record By(Table from, List<String> columns, List<String> equal) {}

  Stream<Proposal> in(Tables tables) {
    return tables.all().stream()
        .filter(table -> !table.identity().isEmpty())
        .flatMap(
            table -> table.columns().stream().flatMap(c -> counter(tables, table, c).stream()));
  }

  private Optional<Proposal> counter(Tables tables, Table table, Column column) {
    Matcher matcher = COUNT.matcher(Words.snake(column.name()));
    if (!matcher.matches() || !Tables.isWholeNumber(column) || column.generated()) {
      return Optional.empty();
    }
    String counted = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    List<By> ways = new ArrayList<>();
    for (Table child : tables.all()) {
      if (isCalled(child, counted, table)) {
        ways.addAll(ways(tables, table, child));
      }
    }
    return ways.size() == 1
        ? Optional.of(proposal(table, column, ways.getFirst()))
        : Optional.empty();
  }

  /** {@code comments}, or {@code post_comments} beside {@code posts}. */
  private static boolean isCalled(Table child, String counted, Table parent) {
    return Words.same(child.name(), counted)
        || Words.same(child.name(), Words.singular(parent.name()) + "_" + counted);
  }

  /** Straight to the row, else by way of a third table; two ways would be a guess. */
  private static List<By> ways(Tables tables, Table table, Table child) {
    List<By> straight =
        tables.links(child).stream()
            .filter(link -> link.to().equals(table))
            .map(link -> new By(child, link.columns(), link.referenced()))
            .toList();
    if (!straight.isEmpty() || child.equals(table)) {
      return straight;
    }
    return tables.links(child).stream()
        .filter(link -> tables.links(table).stream().anyMatch(own -> isSibling(link, own)))
        .map(link -> new By(child, link.columns(), link.columns()))
        .toList();
  }

  private static boolean isSibling(Link one, Link other) {
    return one.to().equals(other.to())
        && one.columns().equals(other.columns())
        && one.referenced().equals(other.referenced());
  }

  private Proposal proposal(Table table, Column column, By by) {
    return new Proposal(
        Words.dashed(table.label() + "_" + column.name()),
        table.label(),
        List.of(column.name()),
        column.name()
            + " of "
            + table.label()
            + " is the number of "
            + by.from().label()
            + (by.columns().equals(by.equal())
                ? " of the same " + String.join(", ", by.columns())
                : " whose "
                    + String.join(", ", by.columns())
                    + " is its "
                    + String.join(", ", by.equal()))
            + ".",
        """
        table: %s
        derive: {%s: count(*)}
        from: %s
        by: %s
        """
            .formatted(
                Yaml.text(Yaml.sql(dialect, table)),
                Yaml.name(column.name()),
                Yaml.text(Yaml.sql(dialect, by.from())),
                pairs(by)),
        Evidence.NONE);
  }

  private static String pairs(By by) {
    return by.columns().equals(by.equal())
        ? Yaml.names(by.columns())
        : IntStream.range(0, by.columns().size())
            .mapToObj(i -> Yaml.name(by.columns().get(i)) + ": " + Yaml.name(by.equal().get(i)))
            .collect(Collectors.joining(", ", "{", "}"));
  }
}
