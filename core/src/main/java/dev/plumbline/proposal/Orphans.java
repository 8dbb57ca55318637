package dev.plumbline.proposal;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.proposal.Proposal.Evidence;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Proposes that columns which look like a foreign key hold keys that exist. */
final class Orphans {
  private final Dialect dialect;

  Orphans(Dialect dialect) {
    this.dialect = dialect;
  }

  Stream<Proposal> in(Tables tables) {
    return tables.likely().stream().map(this::proposal);
  }

  private Proposal proposal(Link link) {
    String columns = String.join(", ", link.columns());
    String verb = link.columns().size() == 1 ? " is in " : " are in ";
    return new Proposal(
        Words.dashed(link.from().label() + "_" + String.join("_", link.columns())) + "-exists",
        link.from().label(),
        link.columns(),
        "Where "
            + link.from().label()
            + " has "
            + columns
            + ", that"
            + verb
            + link.to().label()
            + ".",
        query(link),
        isExact(link) ? Evidence.MOST_IF_ANY : Evidence.MOST);
  }

  /** Named after the very table, and not after a part of its name. */
  private static boolean isExact(Link link) {
    String column = Words.snake(link.columns().getFirst());
    return link.columns().size() == 1
        && (Words.same(column.replaceFirst("_id$", ""), link.to().name())
            || Words.same(column.replaceFirst("^id_", ""), link.to().name()));
  }

  private String query(Link link) {
    List<String> key = link.from().identity();
    boolean keyed = !key.isEmpty();
    List<String> listed =
        keyed
            ? Stream.concat(key.stream(), link.columns().stream()).distinct().toList()
            : link.columns();
    return """
    none: |
      SELECT %s%s
      FROM %s c
      WHERE %s
        AND NOT EXISTS (
          SELECT 1 FROM %s p
          WHERE %s)
    key: %s
    """
            .formatted(
                keyed ? "" : "DISTINCT ",
                listed.stream().map(n -> "c." + sql(n)).collect(Collectors.joining(", ")),
                Yaml.sql(dialect, link.from()),
                link.columns().stream()
                    .map(n -> "c." + sql(n) + " IS NOT NULL")
                    .collect(Collectors.joining(" AND ")),
                Yaml.sql(dialect, link.to()),
                matches(link),
                Yaml.names(keyed ? key : link.columns()))
        + (keyed ? "of: " + Yaml.text(Yaml.sql(dialect, link.from())) + "\n" : "");
  }

  private String matches(Link link) {
    return IntStream.range(0, link.columns().size())
        .mapToObj(i -> "p." + sql(link.referenced().get(i)) + " = c." + sql(link.columns().get(i)))
        .collect(Collectors.joining(" AND "));
  }

  private String sql(String column) {
    return Yaml.sql(dialect, column);
  }
}
