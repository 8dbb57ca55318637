package dev.plumbline.object;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which changes of a column's type keep every value, so that the former type can hold them again.
 */
final class Widening {
  private static final String TYPE = " TYPE ";
  private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");
  private static final List<String> FLOATS = List.of("real", "double precision");
  private static final Pattern TEXT = Pattern.compile("character varying(?:\\((\\d+)\\))?|text");
  private static final Pattern NUMERIC = Pattern.compile("numeric(?:\\((\\d+),(\\d+)\\))?");

  private Widening() {}

  /**
   * @param before the statement that sets the type to what it was
   * @param after the one that sets it to what it is
   */
  static boolean isCertain(String before, String after) {
    String from = typeIn(before);
    String to = typeIn(after);
    return collation(from).equals(collation(to)) && keeps(bare(from), bare(to));
  }

  /** Column names may hold the word, types do not. */
  private static String typeIn(String statement) {
    return statement.substring(statement.lastIndexOf(TYPE) + TYPE.length());
  }

  static String bare(String type) {
    int at = type.indexOf(" COLLATE ");
    return at < 0 ? type : type.substring(0, at);
  }

  private static String collation(String type) {
    return type.substring(bare(type).length());
  }

  private static boolean keeps(String from, String to) {
    return inOrder(INTEGERS, from, to)
        || inOrder(FLOATS, from, to)
        || (INTEGERS.contains(from) && to.equals("numeric"))
        || (from.equals("date") && to.equals("timestamp without time zone"))
        || longerText(TEXT.matcher(from), TEXT.matcher(to))
        || wider(NUMERIC.matcher(from), NUMERIC.matcher(to));
  }

  private static boolean inOrder(List<String> types, String from, String to) {
    return types.contains(from) && types.indexOf(from) < types.indexOf(to);
  }

  private static boolean longerText(Matcher from, Matcher to) {
    return from.matches() && to.matches() && number(from, 1) <= number(to, 1);
  }

  private static boolean wider(Matcher from, Matcher to) {
    if (!from.matches() || !to.matches()) {
      return false;
    }
    boolean free = to.group(1) == null;
    return free || (number(from, 1) <= number(to, 1) && to.group(2).equals(from.group(2)));
  }

  /** Without a limit there is none. */
  private static int number(Matcher type, int group) {
    String text = type.group(group);
    return text == null ? Integer.MAX_VALUE : Integer.parseInt(text);
  }
}
