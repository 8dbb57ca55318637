package dev.plumbline.object;

import dev.plumbline.claim.Place;
import dev.plumbline.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How what a statement did is taken back: the last part first. */
final class WayBack {
  private final Dialect dialect;
  private final List<String> statements = new ArrayList<>();
  private String irrevocable;

  private WayBack(Dialect dialect, String irrevocable) {
    this.dialect = dialect;
    this.irrevocable = irrevocable;
  }

  /**
   * @param irrevocable why it is known already that there is no way back; empty if it is not
   */
  static ObjectImage of(Dialect dialect, List<PartImage> parts, String irrevocable) {
    WayBack back = new WayBack(dialect, irrevocable);
    parts.reversed().forEach(back::add);
    return new ObjectImage(
        parts, back.irrevocable, back.irrevocable.isEmpty() ? back.statements : List.of());
  }

  private void add(PartImage part) {
    if (part.isMade()) {
      statements.add(drop(part.place()));
    } else if (part.isDropped()) {
      bringBack(part);
    } else {
      setBack(part);
    }
  }

  private String drop(Place place) {
    return switch (place.kind()) {
      case COLUMN -> alterTable(place) + "DROP COLUMN " + dialect.quote(place.name());
      case CONSTRAINT -> alterTable(place) + "DROP CONSTRAINT " + dialect.quote(place.name());
      case TABLE, VIEW, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
          dropObject(place);
      case TRIGGER, POLICY, FUNCTION, PROCEDURE, AGGREGATE -> dropObject(place);
      case TYPE, DOMAIN, SCHEMA, EXTENSION -> dropObject(place);
    };
  }

  private String dropObject(Place place) {
    return "DROP "
        + place.kind().word().toUpperCase(Locale.ROOT)
        + " "
        + Called.sql(dialect, place);
  }

  private String alterTable(Place place) {
    return "ALTER TABLE " + Called.table(dialect, place) + " ";
  }

  private void bringBack(PartImage part) {
    if (Dropped.holdsMore(part.place().kind())) {
      cannot("what it held was not kept");
    } else {
      statements.add(part.before());
    }
  }

  private void setBack(PartImage part) {
    switch (part.aspect()) {
      case WHOLE -> replace(part);
      case TYPE -> {
        if (Widening.isCertain(part.before(), part.after())) {
          statements.add(part.before());
        } else {
          cannot("the new type need not have kept every value of the former one");
        }
      }
      case NULLABILITY, DEFAULT, FIRING, ROW_SECURITY, FORCED_ROW_SECURITY, COMMENT ->
          statements.add(part.before());
      case GENERATION -> cannot("how a column is generated is not brought back");
      case VALUES -> cannot("a value of an enum cannot be taken away");
      case VALIDATION -> {} // stays true, and hinders nobody
    }
  }

  private void replace(PartImage part) {
    switch (part.place().kind()) {
      case VIEW, FUNCTION, PROCEDURE -> statements.add(part.before()); // CREATE OR REPLACE
      case TRIGGER, POLICY, INDEX, CONSTRAINT -> {
        statements.add(drop(part.place()));
        statements.add(part.before());
      }
      case TABLE, RELATION, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, COLUMN ->
          cannot("what it was is not kept as a statement");
      case AGGREGATE, TYPE, DOMAIN, SCHEMA, EXTENSION ->
          cannot("what it was is not kept as a statement");
    }
  }

  private void cannot(String why) {
    if (irrevocable.isEmpty()) {
      irrevocable = why;
    }
  }
}
