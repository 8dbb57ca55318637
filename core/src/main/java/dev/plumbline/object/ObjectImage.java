package dev.plumbline.object;

import dev.plumbline.claim.Place;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one statement did to the schema, and what takes it back: kept in the journal in the
 * statement's own transaction.
 *
 * @param parts in the order in which they were done
 * @param irrevocable why it cannot be taken back; empty if it can
 * @param back the statements that take it back, in their order
 */
public record ObjectImage(List<PartImage> parts, String irrevocable, List<String> back) {
  public ObjectImage {
    parts = List.copyOf(parts);
    back = List.copyOf(back);
  }

  /** As the journal keeps it. */
  public List<String> toTexts() {
    List<String> texts = new ArrayList<>();
    texts.add(new Key(parts.stream().map(PartImage::toText).toList()).toJson());
    texts.add(irrevocable);
    texts.addAll(back);
    return texts;
  }

  /** Reads what {@link #toTexts} wrote. */
  public static ObjectImage fromTexts(List<String> texts) {
    return new ObjectImage(
        Key.fromJson(texts.get(0)).values().stream().map(PartImage::fromText).toList(),
        texts.get(1),
        texts.subList(2, texts.size()));
  }

  /**
   * What a rollback keeps, which can be taken back in its turn.
   *
   * @param again the statement that was taken back
   */
  public ObjectImage reversed(String again) {
    return new ObjectImage(
        parts.reversed().stream().map(PartImage::reversed).toList(), "", List.of(again));
  }

  /** The parts before it, for people; empty if nothing was there. */
  public String before() {
    return told(parts.stream().map(PartImage::before));
  }

  /** The parts after it, likewise. */
  public String after() {
    return told(parts.stream().map(PartImage::after));
  }

  /** The parts as they are now, likewise. */
  public String now(Session session) {
    PartText text = PartText.of(session);
    return told(parts.stream().map(part -> text.read(part.aspect(), part.place())));
  }

  private static String told(Stream<String> texts) {
    return texts.filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
  }

  /** Whether a statement names what this one changed, and so may change it further. */
  public boolean isNamedIn(String statement) {
    String text = statement.toLowerCase(Locale.ROOT).replace("\"\"", "\"");
    return parts.stream()
        .map(PartImage::place)
        .map(place -> place.table().isEmpty() ? place.name() : place.table())
        .anyMatch(name -> hasWord(text, name.toLowerCase(Locale.ROOT)));
  }

  private static boolean hasWord(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean begins = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
      boolean ends = end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is all as its run left it. */
  public boolean isLeft(Session session) {
    PartText text = PartText.of(session);
    return parts.stream().allMatch(p -> p.last().equals(text.read(p.aspect(), p.place())));
  }

  /** The same, left by its run as it is now. */
  public ObjectImage leftNow(Session session) {
    PartText text = PartText.of(session);
    return new ObjectImage(
        parts.stream().map(p -> p.withLast(text.read(p.aspect(), p.place()))).toList(),
        irrevocable,
        back);
  }

  /** Whether all that it did was to make something that was not there. */
  public boolean made() {
    return parts.stream().allMatch(PartImage::isMade);
  }

  /** Whether all that it did was to drop something. */
  public boolean dropped() {
    return parts.stream().allMatch(PartImage::isDropped);
  }

  /** The word for the object. */
  public String kind() {
    return parts.getFirst().place().kind().word();
  }

  /** The table that it belongs to, or its own name, quoted and qualified. */
  public String table(Dialect dialect) {
    return Called.table(dialect, place());
  }

  /** The object as {@code DROP} takes it. */
  public String object(Dialect dialect) {
    return Called.sql(dialect, place());
  }

  private Place place() {
    return parts.getFirst().place();
  }
}
