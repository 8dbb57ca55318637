package dev.plumbline.dialect;

import dev.plumbline.dialect.TextWriting.OneByOne;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts written row by row: a statement that is prepared once costs less here than to take arrays
 * apart. Nobody else writes meanwhile, so that a row is as it was read if its texts are.
 */
final class SqliteTexts {
  private final Dialect dialect;

  SqliteTexts(Dialect dialect) {
    this.dialect = dialect;
  }

  OneByOne write(TextColumns of, List<TextRow> rows, long run, long batch) {
    return new OneByOne(
        rows.stream().map(row -> keep(of, row, run, batch)).toList(),
        rows.stream().map(row -> write(of, row)).toList(),
        of.triggers() ? rows.stream().map(row -> note(of, row, run)).toList() : List.of());
  }

  private Sql keep(TextColumns of, TextRow row, long run, long batch) {
    return Sql.of(
        """
        INSERT INTO plumb_documents (run, id, batch, state, before, after)
        SELECT {}, {}, {}, 'written', json_object({}), json_object({})
        FROM {} WHERE {} AND {}
        ON CONFLICT (run, id) DO UPDATE SET batch = excluded.batch, state = excluded.state,
          before = excluded.before, after = excluded.after""",
        run,
        Sql.value(row.key()),
        batch,
        stored(of),
        given(of, row.after()),
        of.table(),
        isRow(of, row),
        asRead(of, row));
  }

  private Sql write(TextColumns of, TextRow row) {
    List<Sql> set = new ArrayList<>();
    for (int i = 0; i < of.columns().size(); i++) {
      set.add(Sql.of("{} = {}", column(of, i), Sql.value(row.after().get(i))));
    }
    return Sql.of("UPDATE {} SET {} WHERE {}", of.table(), Sql.join(", ", set), isRow(of, row));
  }

  private Sql note(TextColumns of, TextRow row, long run) {
    return Sql.of(
        """
        UPDATE plumb_documents SET after = (SELECT json_object({}) FROM {} WHERE {})
        WHERE run = {} AND id = {}""",
        stored(of),
        of.table(),
        isRow(of, row),
        run,
        Sql.value(row.key()));
  }

  Sql asWritten(TextColumns of, long run) {
    return Sql.of(
        """
        EXISTS (
          SELECT 1 FROM plumb_documents AS plumb_d
          WHERE plumb_d.run = {} AND plumb_d.id = {} AND plumb_d.after = json_object({}))""",
        run,
        key(of),
        stored(of));
  }

  Sql hasImage(TextColumns of, long run) {
    return Sql.of(
        "EXISTS (SELECT 1 FROM plumb_documents AS plumb_d WHERE plumb_d.run = {} AND plumb_d.id = {})",
        run,
        key(of));
  }

  /** Without an affinity of its own, the value takes the column's, as it does when it is stored. */
  Sql holds(Sql column, Optional<String> text) {
    return Sql.of("{} COLLATE BINARY IS {}", column, Sql.value(text.orElse(null)));
  }

  private Sql key(TextColumns of) {
    return dialect.keyJson(
        of.key().stream().map(k -> Sql.of("{}.{}", of.table(), dialect.quote(k))).toList());
  }

  private String column(TextColumns of, int i) {
    return dialect.quote(of.columns().get(i));
  }

  private Sql text(TextColumns of, int i) {
    return dialect.text(Sql.of("{}.{}", of.table(), column(of, i)));
  }

  private Sql stored(TextColumns of) {
    List<Sql> items = new ArrayList<>();
    for (int i = 0; i < of.columns().size(); i++) {
      items.add(Sql.of("{}, {}", dialect.literal(of.columns().get(i)), text(of, i)));
    }
    return Sql.join(", ", items);
  }

  private Sql given(TextColumns of, List<@Nullable String> texts) {
    List<Sql> items = new ArrayList<>();
    for (int i = 0; i < of.columns().size(); i++) {
      items.add(Sql.of("{}, {}", dialect.literal(of.columns().get(i)), Sql.value(texts.get(i))));
    }
    return Sql.join(", ", items);
  }

  private Sql isRow(TextColumns of, TextRow row) {
    List<String> values = Key.fromJson(row.key()).values();
    List<Sql> equal = new ArrayList<>();
    for (int i = 0; i < of.key().size(); i++) {
      equal.add(
          Sql.of(
              "{}.{} = {}",
              of.table(),
              dialect.quote(of.key().get(i)),
              dialect.keyParameter(values.get(i), of.keyTypes().get(i))));
    }
    return Sql.join(" AND ", equal);
  }

  private Sql asRead(TextColumns of, TextRow row) {
    List<Sql> same = new ArrayList<>();
    for (int i = 0; i < of.columns().size(); i++) {
      same.add(Sql.of("{} IS {}", text(of, i), Sql.value(row.before().get(i))));
    }
    return Sql.join(" AND ", same);
  }
}
