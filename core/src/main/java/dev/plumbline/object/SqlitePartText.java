package dev.plumbline.object;

import dev.plumbline.claim.Kind;
import dev.plumbline.claim.Place;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import java.util.List;
import java.util.Optional;

/** Parts of SQLite's live schema in words: the statements that it keeps. */
final class SqlitePartText implements PartText {
  private final Session session;
  private final Dialect dialect;

  SqlitePartText(Session session) {
    this.session = session;
    this.dialect = session.dialect();
  }

  @Override
  public String read(Aspect aspect, Place place) {
    return switch (aspect) {
      case WHOLE -> whole(place);
      case TYPE, NULLABILITY, DEFAULT, GENERATION, VALIDATION, FIRING -> throw foreign(aspect);
      case ROW_SECURITY, FORCED_ROW_SECURITY, VALUES, COMMENT -> throw foreign(aspect);
    };
  }

  private static IllegalArgumentException foreign(Aspect aspect) {
    return new IllegalArgumentException("not of SQLite: " + aspect);
  }

  private String whole(Place place) {
    if (place.kind() == Kind.COLUMN) {
      return column(place);
    }
    return place.kind() == Kind.TABLE
        ? statements("tbl_name = {} COLLATE NOCASE", place)
        : statements("name = {} COLLATE NOCASE AND type = '" + place.kind().word() + "'", place);
  }

  /** Of a table those of its indexes and triggers, too. */
  private String statements(String which, Place place) {
    return String.join(
        "\n",
        session.query(
            Sql.of(
                "SELECT sql FROM main.sqlite_schema WHERE "
                    + which
                    + " AND sql IS NOT NULL ORDER BY type = 'table' DESC, type, name",
                Sql.value(place.name())),
            row -> row.required(1)));
  }

  private String column(Place place) {
    return session
        .first(
            Sql.of(
                """
                SELECT 'column ' || type || ' ' || "notnull" || ' ' || coalesce(dflt_value, '') || ' '
                       || pk || ' ' || hidden
                FROM pragma_table_xinfo({}, 'main') WHERE name = {} COLLATE NOCASE""",
                Sql.value(place.table()),
                Sql.value(place.name())),
            row -> row.required(1))
        .orElse("");
  }

  @Override
  public List<String> constraints(Place table) {
    return List.of();
  }

  @Override
  public Optional<String> loss(PartImage part) {
    Place place = part.place();
    if (!part.isMade()) {
      return Optional.empty();
    }
    if (place.kind() == Kind.TABLE) {
      return some(place, "TRUE") ? Optional.of("it holds rows") : Optional.empty();
    }
    boolean holds = place.kind() == Kind.COLUMN && some(place, otherThanDefault(place));
    return holds ? Optional.of("it holds values") : Optional.empty();
  }

  private String otherThanDefault(Place place) {
    String fill =
        session
            .first(
                Sql.of(
                    """
                    SELECT dflt_value, hidden FROM pragma_table_xinfo({}, 'main')
                    WHERE name = {} COLLATE NOCASE""",
                    Sql.value(place.table()),
                    Sql.value(place.name())),
                row -> row.number(2) > 1 ? GENERATED : row.optional(1).orElse("NULL"))
            .orElse("NULL");
    return fill.equals(GENERATED)
        ? "FALSE"
        : dialect.quote(place.name()) + " IS NOT (" + fill + ")";
  }

  private static final String GENERATED = "";

  private boolean some(Place place, String condition) {
    return session.one(
        Sql.of(
            "SELECT EXISTS (SELECT 1 FROM {} WHERE {})", Called.table(dialect, place), condition),
        row -> row.truth(1));
  }

  /** A transaction that writes keeps every other writer out. */
  @Override
  public void lock(PartImage part) {}
}
