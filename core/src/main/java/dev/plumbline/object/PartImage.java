package dev.plumbline.object;

import dev.plumbline.claim.Kind;
import dev.plumbline.claim.Place;
import dev.plumbline.dialect.Key;
import java.util.List;

/**
 * What a statement did to one part of the schema.
 *
 * @param before the part as the database wrote it before, empty where it was not there: wherever
 *     that can be, the statement that makes it so
 * @param former of what is taken back: likewise, when the run that did it was at its end
 * @param after likewise after it
 * @param last likewise after the last statement of its run that changed it further
 */
record PartImage(
    Aspect aspect, Place place, String before, String former, String after, String last) {

  PartImage(Aspect aspect, Place place, String before, String after) {
    this(aspect, place, before, before, after, after);
  }

  String toText() {
    return new Key(
            List.of(
                aspect.name(),
                place.kind().name(),
                place.schema(),
                place.table(),
                place.name(),
                new Key(place.arguments()).toJson(),
                before,
                former,
                after,
                last))
        .toJson();
  }

  static PartImage fromText(String text) {
    List<String> parts = Key.fromJson(text).values();
    Place place =
        new Place(
            Kind.valueOf(parts.get(1)),
            parts.get(2),
            parts.get(3),
            parts.get(4),
            Key.fromJson(parts.get(5)).values());
    return new PartImage(
        Aspect.valueOf(parts.get(0)),
        place,
        parts.get(6),
        parts.get(7),
        parts.get(8),
        parts.get(9));
  }

  boolean isMade() {
    return before.isEmpty();
  }

  boolean isDropped() {
    return after.isEmpty();
  }

  /** Whether it is as its run left it. */
  boolean isLeft(String now) {
    return now.equals(last) || now.equals(after);
  }

  /** Whether it is as it was before. */
  boolean isAsBefore(String now) {
    return now.equals(before) || now.equals(former);
  }

  PartImage withLast(String now) {
    return new PartImage(aspect, place, before, former, after, now);
  }

  PartImage reversed() {
    return new PartImage(aspect, place, after, last, before, former);
  }
}
