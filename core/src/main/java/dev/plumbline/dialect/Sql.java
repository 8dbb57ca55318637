package dev.plumbline.dialect;

import dev.plumbline.error.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SQL text put together from our own text, the user's fragments and bound values. It remembers
 * which part came from which file, so that an error's position can be shown where the user wrote
 * it. Immutable.
 */
public final class Sql {
  private static final Sql EMPTY = new Sql(List.of());

  private sealed interface Piece {}

  /**
   * @param template whether it is our own layout, not a value or a name put into it
   */
  private record Text(String text, boolean template) implements Piece {}

  private record User(Fragment fragment) implements Piece {}

  private record Parameter(@Nullable Object value) implements Piece {}

  private final List<Piece> pieces;

  private Sql(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /**
   * Fills the holes {@code {}} of a template, in order. A {@link String} is SQL text of our own (an
   * identifier comes through {@link Dialect#quote}), a {@link Fragment} the user's, an {@link Sql}
   * is taken over whole.
   */
  public static Sql of(String template, Object... arguments) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (Object argument : arguments) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) {
        throw new IllegalArgumentException("more arguments than holes: " + template);
      }
      pieces.add(new Text(template.substring(from, hole), true));
      add(pieces, argument);
      from = hole + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException("more holes than arguments: " + template);
    }
    pieces.add(new Text(template.substring(from), true));
    return new Sql(List.copyOf(pieces));
  }

  private static void add(List<Piece> pieces, Object argument) {
    switch (argument) {
      case String text -> pieces.add(new Text(text, false));
      case Fragment fragment -> {
        pieces.add(new User(fragment));
        if (fragment.text().contains("--")) {
          pieces.add(
              new Text("\n", false)); // a comment at the fragment's end must not swallow our text
        }
      }
      case Sql sql -> pieces.addAll(sql.pieces);
      case Number number -> pieces.add(new Text(number.toString(), false));
      default -> throw new IllegalArgumentException("no SQL: " + argument.getClass());
    }
  }

  /** A bound value. */
  public static Sql value(@Nullable Object value) {
    return new Sql(List.of(new Parameter(value)));
  }

  public static Sql user(Fragment fragment) {
    return of("{}", fragment);
  }

  public static Sql empty() {
    return EMPTY;
  }

  /** Joins parts (as in {@link #of}) with a separator. */
  public static Sql join(String separator, Collection<?> parts) {
    List<Piece> pieces = new ArrayList<>();
    for (Object part : parts) {
      if (!pieces.isEmpty()) {
        pieces.add(new Text(separator, true));
      }
      add(pieces, part);
    }
    return new Sql(List.copyOf(pieces));
  }

  /** All conditions together; {@code TRUE} for none. */
  public static Sql and(Collection<Sql> conditions) {
    List<Sql> present = conditions.stream().filter(c -> !c.pieces.isEmpty()).toList();
    return present.isEmpty()
        ? of("TRUE")
        : join(" AND ", present.stream().map(c -> of("({})", c)).toList());
  }

  /**
   * The same, each further line of our own text moved to the right by some blanks. The user's text,
   * and what was put into ours, stay as they are: they may hold literals of several lines.
   */
  public Sql indented(int blanks) {
    String margin = "\n" + " ".repeat(blanks);
    List<Piece> moved = new ArrayList<>();
    for (Piece piece : pieces) {
      moved.add(
          piece instanceof Text text && text.template()
              ? new Text(text.text().replace("\n", margin), true)
              : piece);
    }
    return new Sql(List.copyOf(moved));
  }

  /** The same, with other names where a pattern finds them in our own text. */
  Sql renamed(Pattern pattern, String replacement) {
    return new Sql(
        pieces.stream()
            .map(
                piece ->
                    piece instanceof Text text
                        ? new Text(
                            pattern.matcher(text.text()).replaceAll(replacement), text.template())
                        : piece)
            .toList());
  }

  public boolean isEmpty() {
    return pieces.isEmpty();
  }

  /**
   * The text for JDBC, with {@code ?} for each bound value.
   *
   * @param escape turns the user's text into text in which JDBC finds no parameter
   */
  public String jdbcText(Function<Fragment, String> escape) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Text t -> text.append(t.text());
        case User u -> text.append(escape.apply(u.fragment()));
        case Parameter p -> text.append('?');
      }
    }
    return text.toString();
  }

  /** The bound values in order. */
  public List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Parameter parameter) {
        values.add(parameter.value());
      }
    }
    return values;
  }

  /**
   * The text with its bound values written out, which are texts, numbers or NULL: for a statement
   * that is kept as text, not run.
   */
  public String literalText() {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Text t -> text.append(t.text());
        case User u -> text.append(u.fragment().text());
        case Parameter p -> text.append(literal(p.value()));
      }
    }
    return text.toString();
  }

  private static String literal(@Nullable Object value) {
    return value == null || value instanceof Number
        ? String.valueOf(value)
        : "'" + value.toString().replace("'", "''") + "'";
  }

  /** The text to show to a person: bound values stand as {@code $1}, {@code $2}, …. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int parameters = 0;
    for (Piece piece : pieces) {
      switch (piece) {
        case Text t -> text.append(t.text());
        case User u -> text.append(u.fragment().text());
        case Parameter p -> text.append('$').append(++parameters);
      }
    }
    return text.toString();
  }

  /**
   * Where a character of {@link #toString} (which is the text that PostgreSQL sees) stands in the
   * user's files.
   *
   * @param position in characters (not in Java's units of UTF-16), counted from 1, as PostgreSQL
   *     does
   * @return empty where the position lies in text of our own
   */
  public Optional<Position> locate(int position) {
    int offset = position - 1;
    int parameters = 0;
    for (Piece piece : pieces) {
      int length =
          switch (piece) {
            case Text t -> characters(t.text());
            case User u -> characters(u.fragment().text());
            case Parameter p -> 1 + Integer.toString(++parameters).length();
          };
      if (offset < length) {
        return piece instanceof User user
            ? Optional.of(user.fragment().at(user.fragment().text().offsetByCodePoints(0, offset)))
            : Optional.empty();
      }
      offset -= length;
    }
    return Optional.empty();
  }

  /**
   * Where a piece of code stands in the user's files: for databases that name what they stumble
   * over, but not its place.
   *
   * @return empty unless it stands there exactly once
   */
  public Optional<Position> locate(String code) {
    List<Position> found = new ArrayList<>();
    for (Fragment fragment : fragments()) {
      List<SqlScan.Token> tokens = SqlScan.of(fragment.text()).code();
      for (SqlScan.Token token : tokens) {
        int end = token.start() + code.length();
        if (fragment.text().startsWith(code, token.start())
            && tokens.stream().anyMatch(t -> t.end() == end)) {
          found.add(fragment.at(token.start()));
        }
      }
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The user's fragments in it, in order. */
  public List<Fragment> fragments() {
    List<Fragment> fragments = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof User user) {
        fragments.add(user.fragment());
      }
    }
    return fragments;
  }
}
