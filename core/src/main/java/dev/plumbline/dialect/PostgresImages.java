package dev.plumbline.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Before-images in PostgreSQL: typed in a table of each step, or, for a role that may not make
 * tables, as text in the one that all runs share.
 */
final class PostgresImages {
  private final Dialect dialect;

  PostgresImages(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Asks the catalogue, which answers a role without any privilege on the schema too. */
  Sql place() {
    return Sql.of(
        """
        SELECT CASE
          WHEN plumb IS NULL OR has_schema_privilege(plumb, 'CREATE') THEN 'own'
          WHEN has_schema_privilege(plumb, 'USAGE') AND EXISTS (
            SELECT 1 FROM pg_class WHERE relnamespace = plumb AND relname = 'image_rows'
              AND has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT'))
          THEN 'shared'
          ELSE 'none' END
        FROM (SELECT CAST(to_regnamespace('plumb') AS oid) AS plumb) AS journal""");
  }

  /** Without an index, which would cost a third of the write; a rollback makes its own. */
  List<Sql> create(ImageTable images, String table, boolean before, boolean after) {
    if (images.part().isPresent()) {
      return List.of();
    }
    return List.of(
        Sql.of("CREATE TABLE {} AS {}", images.sql(), empty(images, table, before, after)));
  }

  private String empty(ImageTable images, String table, boolean before, boolean after) {
    List<String> items = new ArrayList<>(List.of("CAST(NULL AS bigint) AS batch"));
    items.addAll(as(images.key(), images.keptKey()));
    items.addAll(before ? as(images.columns(), images.keptBefore()) : List.of());
    items.addAll(after ? as(images.columns(), images.keptAfter()) : List.of());
    return "SELECT " + String.join(", ", items) + " FROM " + table + " WITH NO DATA";
  }

  private List<String> as(List<String> columns, List<String> names) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> dialect.quote(columns.get(i)) + " AS " + names.get(i))
        .toList();
  }

  /** Tables are indexed by their owner; the shared one has its index from the beginning. */
  Sql indexable(ImageTable images) {
    return images.part().isPresent()
        ? Sql.of("SELECT FALSE")
        : Sql.of(
            """
            SELECT pg_has_role(relowner, 'USAGE') AND has_schema_privilege(relnamespace, 'CREATE')
            FROM pg_class WHERE oid = CAST({} AS regclass)""",
            dialect.literal(images.sql()));
  }

  /** Analyzed, since what the planner knows decides whether a batch is read by the index. */
  List<Sql> index(ImageTable images, String index) {
    return List.of(
        Sql.of(
            "CREATE INDEX IF NOT EXISTS {} ON {} (batch, {})",
            dialect.quote(index),
            images.sql(),
            String.join(", ", images.keptKey())),
        Sql.of("ANALYZE {}", images.sql()));
  }

  /**
   * The statement that keeps rows, but for the relation from which it takes them: that follows.
   *
   * @param before the columns of the rows as they were; empty where that is not kept
   * @param after the columns of the rows as they became; empty where that is not kept
   */
  String keep(ImageTable images, List<String> key, List<String> before, List<String> after) {
    return images
        .part()
        .map(part -> keepAsText(images, part, key, before, after))
        .orElseGet(() -> keepTyped(images, key, before, after));
  }

  private static String keepTyped(
      ImageTable images, List<String> key, List<String> before, List<String> after) {
    List<String> names = new ArrayList<>(List.of("batch"));
    names.addAll(images.keptKey());
    names.addAll(before.isEmpty() ? List.of() : images.keptBefore());
    names.addAll(after.isEmpty() ? List.of() : images.keptAfter());
    List<String> items = new ArrayList<>(List.of(String.valueOf(images.batch())));
    items.addAll(key);
    items.addAll(before);
    items.addAll(after);
    return insert(images, names, items);
  }

  private static String keepAsText(
      ImageTable images,
      ImageTable.Part part,
      List<String> key,
      List<String> before,
      List<String> after) {
    return insert(
        images,
        List.of("run", "step", "batch", "k", "b", "a"),
        List.of(
            String.valueOf(part.run()),
            String.valueOf(part.step()),
            String.valueOf(images.batch()),
            texts(key),
            texts(before),
            texts(after)));
  }

  private static String insert(ImageTable images, List<String> names, List<String> items) {
    return "INSERT INTO "
        + images.sql()
        + " ("
        + String.join(", ", names)
        + ")\n  SELECT "
        + String.join(", ", items);
  }

  private static String texts(List<String> columns) {
    return columns.isEmpty()
        ? "NULL"
        : "ARRAY[" + String.join(", ", columns.stream().map(PostgresImages::text).toList()) + "]";
  }

  /**
   * As the type writes itself: a cast would drop the blanks at the end of a {@code bpchar}. Of a
   * composite value, {@code IS NULL} asks after its fields; {@code IS DISTINCT FROM NULL} does not.
   */
  private static String text(String column) {
    return "CASE WHEN " + column + " IS DISTINCT FROM NULL THEN concat(" + column + ") END";
  }

  /** Text goes back into the types of today, as typed images are compared with today's columns. */
  Sql read(ImageTable images, List<String> types) {
    Optional<ImageTable.Part> part = images.part();
    if (part.isEmpty()) {
      return Sql.of(images.sql());
    }
    List<String> items = new ArrayList<>(List.of("batch"));
    items.addAll(typed("k", images.types()));
    items.addAll(typed("b", types));
    items.addAll(typed("a", types));
    return Sql.of(
        "(SELECT {} FROM {} WHERE run = {} AND step = {})",
        String.join(", ", items),
        images.sql(),
        part.get().run(),
        part.get().step());
  }

  /**
   * Only its owner may analyze a table. Unfolded, a batch can be: taken for a single row, its ten
   * thousand would be compared with each other one by one. Text becomes the changed table's own
   * columns again, with their collations, by which keys are ordered.
   */
  List<Sql> unfold(ImageTable images, int step, String table, List<String> types) {
    String unfolded = images.unfolded(step).sql();
    Sql batch =
        Sql.of("SELECT * FROM {} AS plumb_i WHERE batch = {}", read(images, types), images.batch());
    String create = "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS {}";
    List<Sql> statements = new ArrayList<>();
    if (images.part().isEmpty()) {
      statements.add(Sql.of(create, unfolded, batch));
    } else {
      statements.add(Sql.of(create, unfolded, empty(images, table, true, true)));
      statements.add(Sql.of("INSERT INTO {} {}", unfolded, batch));
    }
    statements.add(Sql.of("ANALYZE {}", unfolded));
    return statements;
  }

  private static List<String> typed(String letter, List<String> types) {
    return IntStream.rangeClosed(1, types.size())
        .mapToObj(
            i -> "CAST(" + letter + "[" + i + "] AS " + types.get(i - 1) + ") AS " + letter + i)
        .toList();
  }
}
