package dev.plumbline.rollback;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import dev.plumbline.execution.Changes;
import dev.plumbline.rollback.Restore.View;
import dev.plumbline.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How each row of one table stands that a run changed, as one query.
 *
 * <p>A run may change a row more than once: in several steps, or in several passes. Where it wrote
 * b over a and later c over b, a column stands as before if it holds a, and can be restored if it
 * holds b or c. So each column is judged over all its images together: the first one tells whether
 * it is as before the run; else any that it is still as it left it tells from where it goes back;
 * else it is a conflict.
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

  /** More than any step's number: makes room for one beside a batch's. */
  private int steps() {
    return restores.stream().mapToInt(r -> r.rows().images().step()).max().orElse(0) + 1;
  }

  private List<Column> columns() {
    Set<Column> columns = new LinkedHashSet<>();
    restores.forEach(r -> columns.addAll(r.judged()));
    return List.copyOf(columns);
  }

  private List<String> key() {
    return IntStream.rangeClosed(1, rows().key().size()).mapToObj(i -> "k" + i).toList();
  }

  /**
   * One row for each row that was changed: {@code step} and {@code batch} of its first image, its
   * key ({@code k1}, …), {@code restorable} and {@code conflict} (0 or 1; both where columns
   * differ), and {@code message}.
   */
  Sql rowsJudged() {
    int columns = columns().size();
    List<Sql> restorable = new ArrayList<>();
    List<Sql> conflict = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      Sql first = Sql.of("first{} % {}", i, Standing.NUMBERS);
      restorable.add(Sql.of("({} <> {} AND any{} = 1)", first, Standing.ALREADY, i));
      conflict.add(Sql.of("({} = {} AND any{} = 0)", first, Standing.CONFLICT, i));
    }
    Sql kept = Sql.join(" OR ", conflict);
    return Sql.of(
        """
        SELECT place % {} AS step, place / {} AS batch, {},
          CASE WHEN ({}) AND NOT ({} AND ({})) THEN 1 ELSE 0 END AS restorable,
          CASE WHEN {} THEN 1 ELSE 0 END AS conflict,
          {} AS message
        FROM (
        {}) AS plumb_row""",
        steps(),
        steps(),
        String.join(", ", key()),
        Sql.join(" OR ", restorable),
        firstIsWhole(),
        kept,
        kept,
        message(conflict),
        together());
  }

  /** Of each row its first image, and of each column its first standing and whether any helps. */
  private Sql together() {
    List<Sql> items = new ArrayList<>();
    for (int i = 1; i <= columns().size(); i++) {
      items.add(
          Sql.of(
              "coalesce(min(CASE WHEN s{} > {} THEN place * {} + s{} END), 0) AS first{}",
              i,
              Standing.UNTOUCHED,
              Standing.NUMBERS,
              i,
              i));
      items.add(
          Sql.of("max(CASE WHEN s{} = {} THEN 1 ELSE 0 END) AS any{}", i, Standing.RESTORABLE, i));
    }
    String key = String.join(", ", key());
    return Sql.of(
        """
        SELECT {}, min(place) AS place, min(reason) AS reason, {}
        FROM (
        {}) AS plumb_image
        GROUP BY {}""",
        key,
        Sql.join(", ", items),
        Sql.join("\nUNION ALL\n", restores.stream().map(this::images).toList()),
        key);
  }

  /** How each column of each image's row stands; {@code place} orders the images of a row. */
  private Sql images(Restore restore) {
    ImageRows images = restore.rows();
    List<Sql> items = new ArrayList<>();
    List<Sql> key = images.key();
    for (int i = 0; i < key.size(); i++) {
      items.add(Sql.of("{} AS k{}", key.get(i), i + 1));
    }
    items.add(Sql.of("plumb_i.batch * {} + {} AS place", steps(), images.images().step()));
    items.add(Sql.of("{} AS reason", restore.reason(view)));
    for (Column column : columns()) {
      items.add(
          Sql.of(
              "{} AS s{}",
              restore.judged().contains(column)
                  ? restore.standing(column, view)
                  : Sql.of("{}", Standing.UNTOUCHED),
              columns().indexOf(column) + 1));
    }
    return Sql.of(
        "SELECT {}\nFROM {}\nWHERE {}", Sql.join(", ", items), images.withRows(), images.inScope());
  }

  /** Whether the row was inserted or deleted first, so that it goes back whole or not at all. */
  private Sql firstIsWhole() {
    List<String> whole =
        restores.stream()
            .filter(Restore::whole)
            .map(r -> String.valueOf(r.rows().images().step()))
            .toList();
    return whole.isEmpty()
        ? Sql.of("FALSE")
        : Sql.of("place % {} IN ({})", steps(), String.join(", ", whole));
  }

  private Sql message(List<Sql> conflict) {
    List<Sql> names = new ArrayList<>();
    for (int i = 0; i < conflict.size(); i++) {
      names.add(
          Sql.of(
              "CASE WHEN {} THEN {} ELSE '' END",
              conflict.get(i),
              dialect.literal(", " + columns().get(i).name())));
    }
    return Sql.of(
        "{} || coalesce(reason, {} || substr({}, 3))",
        dialect.literal(rows().table().label() + ": "),
        dialect.literal("changed since" + suspects() + ": "),
        Sql.join(" || ", names));
  }

  /** The rollback's own write may have made a trigger do it: nobody can tell by the values. */
  private String suspects() {
    return Changes.triggers(rows().table()).map(t -> ", by others or by " + t).orElse("");
  }

  /**
   * The numbers of {@link #rowsJudged} for each step: step, restorable, already, conflicts, and how
   * many of these are restorable too, in other columns.
   */
  Sql counts() {
    return Sql.of(
        """
        SELECT step, sum(restorable),
          sum(CASE WHEN restorable = 0 AND conflict = 0 THEN 1 ELSE 0 END), sum(conflict),
          sum(restorable * conflict)
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

  /** The numbers of the run's steps that are judged. */
  List<Integer> runSteps() {
    return restores.stream().map(r -> r.rows().images().step()).toList();
  }

  /**
   * The batches that hold rows which could be restored.
   *
   * @param setAside for each step a query of one column: keys that do not count
   */
  Sql unrestoredBatches(Function<ImageRows, Sql> setAside) {
    return Sql.join(
        " UNION ",
        restores.stream()
            .map(
                r ->
                    Sql.of(
                        "SELECT plumb_i.batch FROM {} WHERE {} AND {} AND {}",
                        r.rows().withRows(),
                        r.rows().inScope(),
                        r.rows().notAmong(setAside.apply(r.rows())),
                        r.restorable(view)))
            .toList());
  }
}
