package dev.plumbline.rollback;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.rollback.Restore.View;
import dev.plumbline.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How each row of one table stands that a run changed, as one query.
 *
 * <p>A run may change a row more than once: in several steps, or in several passes. Where it wrote
 * b over a and later c over b, the row stands as before if it holds a, and will be restored if it
 * holds b or c. So each column is judged over all its images together: one that is as an image left
 * it can be restored from there; else the first image tells whether it is as before or a conflict.
 *
 * @param restores those of one table, in the order of the run's steps
 */
record Judgement(Dialect dialect, List<Restore> restores, View view) {
  Judgement {
    restores = List.copyOf(restores);
  }

  private ImageRows rows() {
    return restores.getFirst().rows();
  }

  private int steps() {
    return restores.stream().mapToInt(r -> r.rows().images().step()).max().orElse(0) + 1;
  }

  /** The columns that any step is judged by; one nameless for the whole row where there is none. */
  private List<Optional<Column>> columns() {
    Set<Column> columns = new LinkedHashSet<>();
    restores.forEach(r -> columns.addAll(r.judged()));
    return columns.isEmpty()
        ? List.of(Optional.empty())
        : columns.stream().map(Optional::of).toList();
  }

  private List<String> key() {
    return IntStream.rangeClosed(1, rows().key().size()).mapToObj(i -> "k" + i).toList();
  }

  /**
   * One row for each row that was changed: {@code step} and {@code batch} of its first image, its
   * key ({@code k1}, …), {@code restorable} and {@code conflict} (0 or 1, both where columns
   * differ), and {@code message}.
   */
  Sql rowsJudged() {
    List<Optional<Column>> columns = columns();
    List<Sql> items = new ArrayList<>();
    List<Sql> restorable = new ArrayList<>();
    List<Sql> conflict = new ArrayList<>();
    for (int i = 1; i <= columns.size(); i++) {
      items.add(
          Sql.of(
              "min(CASE WHEN s{} > {} THEN place * {} + s{} END) AS f{}",
              i,
              Standing.UNTOUCHED,
              Standing.NUMBERS,
              i,
              i));
      items.add(
          Sql.of("max(CASE WHEN s{} = {} THEN 1 ELSE 0 END) AS r{}", i, Standing.RESTORABLE, i));
      restorable.add(Sql.of("r{} = 1", i));
      conflict.add(
          Sql.of("(r{} = 0 AND f{} % {} = {})", i, i, Standing.NUMBERS, Standing.CONFLICT));
    }
    String key = String.join(", ", key());
    return Sql.of(
        """
        SELECT place % {} AS step, place / {} AS batch, {},
          CASE WHEN {} THEN 1 ELSE 0 END AS restorable,
          CASE WHEN {} THEN 1 ELSE 0 END AS conflict,
          {} AS message
        FROM (
          SELECT {}, min(place) AS place, min(reason) AS reason, {}
          FROM (
        {}) AS plumb_image
          GROUP BY {}) AS plumb_row""",
        steps(),
        steps(),
        key,
        Sql.join(" OR ", restorable),
        Sql.join(" OR ", conflict),
        message(columns, conflict),
        key,
        Sql.join(", ", items),
        Sql.join("\nUNION ALL\n", restores.stream().map(r -> images(r, columns)).toList()),
        key);
  }

  /** The standing of each image's row; a row inserted or deleted stands for all its columns. */
  private Sql images(Restore restore, List<Optional<Column>> columns) {
    ImageRows images = restore.rows();
    List<Sql> items = new ArrayList<>();
    List<Sql> key = images.key();
    for (int i = 0; i < key.size(); i++) {
      items.add(Sql.of("{} AS k{}", key.get(i), i + 1));
    }
    items.add(Sql.of("plumb_i.batch * {} + {} AS place", steps(), images.images().step()));
    items.add(Sql.of("nullif({}, '') AS reason", restore.reason(view)));
    for (int i = 0; i < columns.size(); i++) {
      boolean whole = restore.judged().isEmpty();
      boolean its = whole || columns.get(i).map(restore.judged()::contains).orElse(false);
      items.add(
          Sql.of(
              "{} AS s{}",
              its
                  ? restore.standing(whole ? Optional.empty() : columns.get(i), view)
                  : Sql.of("{}", Standing.UNTOUCHED),
              i + 1));
    }
    return Sql.of(
        "SELECT {}\nFROM {}\nWHERE {}", Sql.join(", ", items), images.withRows(), images.inScope());
  }

  private Sql message(List<Optional<Column>> columns, List<Sql> conflict) {
    List<Sql> names = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      names.add(
          Sql.of(
              "CASE WHEN {} THEN {} ELSE '' END",
              conflict.get(i),
              dialect.literal(", " + columns.get(i).map(Column::name).orElse("the row"))));
    }
    return Sql.of(
        "{} || coalesce(reason, 'no longer as the run left it: ' || substr({}, 3))",
        dialect.literal(rows().table().name() + ": "),
        Sql.join(" || ", names));
  }

  /** The numbers of {@link #rowsJudged} for each step: step, restorable, already, conflicts. */
  Sql counts() {
    return Sql.of(
        """
        SELECT step, sum(restorable),
          sum(CASE WHEN restorable = 0 AND conflict = 0 THEN 1 ELSE 0 END), sum(conflict)
        FROM (
        {}) AS plumb_judged GROUP BY step""",
        rowsJudged());
  }

  /** The rows that are kept, as {@link dev.plumbline.journal.Progress#setAside} takes them. */
  Sql conflicts() {
    return Sql.of(
        "SELECT step, {} AS key, message FROM (\n{}) AS plumb_judged WHERE conflict = 1",
        keyJson(),
        rowsJudged());
  }

  /**
   * How many rows could be restored and are not.
   *
   * @param setAside a query of one column: keys that are not counted
   */
  Sql unrestored(Sql setAside) {
    return Sql.of(
        """
        SELECT count(*) FROM (
        {}) AS plumb_judged WHERE restorable = 1 AND {} NOT IN ({})""",
        rowsJudged(),
        keyJson(),
        setAside);
  }

  private Sql keyJson() {
    return dialect.keyJson(key().stream().map(Sql::of).toList());
  }

  /** The batches that hold rows which could be restored. */
  Sql unrestoredBatches() {
    return Sql.join(
        " UNION ",
        restores.stream()
            .map(
                r ->
                    Sql.of(
                        "SELECT plumb_i.batch FROM {} WHERE {} AND {}",
                        r.rows().withRows(),
                        r.rows().inScope(),
                        r.restorable(view)))
            .toList());
  }
}
