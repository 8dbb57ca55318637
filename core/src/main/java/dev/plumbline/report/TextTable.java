package dev.plumbline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An aligned table. Columns of numbers are set to the right. On a terminal it is made to fit: long
 * values are cut first, then columns are left out from the right and named below.
 *
 * @param headings the columns' names
 * @param rows the cells; null is shown as NULL
 * @param kept how many of the first columns are never left out
 */
record TextTable(List<String> headings, List<List<@Nullable String>> rows, int kept) {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[\\d,]*\\.?\\d+( %)?|–");
  private static final String GAP = "  ";

  /** What a value may take at most, and what it is cut to where room is short. */
  private static final int WIDEST = 80;

  private static final int CUT = 36;

  /** How a column that is shown is set; found once for all of its cells. */
  private record Layout(int width, boolean numeric) {}

  /** The lines, each indented by so many spaces. */
  List<String> lines(TextStyle style, int indent) {
    String margin = " ".repeat(indent);
    List<Integer> natural =
        columns().map(column -> Math.min(width(column), WIDEST)).boxed().toList();
    OptionalInt room =
        style.columns().isPresent()
            ? OptionalInt.of(style.columns().getAsInt() - indent)
            : OptionalInt.empty();
    List<Integer> widths = room.isEmpty() ? natural : fitted(natural, room.getAsInt());
    int shown = room.isEmpty() ? widths.size() : shown(widths, room.getAsInt());
    List<Layout> layout =
        columns()
            .limit(shown)
            .mapToObj(column -> new Layout(widths.get(column), isNumeric(column)))
            .toList();

    List<String> lines = new ArrayList<>();
    lines.add(margin + style.dim(line(headings, layout, style)));
    rows.forEach(row -> lines.add(margin + line(row, layout, style)));
    leftOut(shown).ifPresent(note -> lines.add(margin + style.dim(note)));
    return lines;
  }

  private IntStream columns() {
    return IntStream.range(0, headings.size());
  }

  private int width(int column) {
    int widest =
        rows.stream().mapToInt(row -> Printable.width(text(row.get(column)))).max().orElse(0);
    return Math.max(widest, Printable.width(headings.get(column)));
  }

  private static String text(@Nullable String cell) {
    return cell == null ? "NULL" : Printable.of(cell);
  }

  private static List<Integer> fitted(List<Integer> natural, int room) {
    return total(natural, natural.size()) <= room
        ? natural
        : natural.stream().map(width -> Math.min(width, CUT)).toList();
  }

  private int shown(List<Integer> widths, int room) {
    int shown = widths.size();
    while (shown > kept && total(widths, shown) > room) {
      shown--;
    }
    return shown;
  }

  private static int total(List<Integer> widths, int shown) {
    int cells = widths.stream().limit(shown).mapToInt(Integer::intValue).sum();
    return cells + GAP.length() * Math.max(shown - 1, 0);
  }

  private static String line(
      List<? extends @Nullable String> cells, List<Layout> layout, TextStyle style) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < layout.size(); column++) {
      int width = layout.get(column).width();
      String cell = Printable.cut(text(cells.get(column)), width);
      String padding = " ".repeat(width - Printable.width(cell));
      String painted = cells.get(column) == null ? style.dim(cell) : cell;
      line.append(column == 0 ? "" : GAP)
          .append(layout.get(column).numeric() ? padding + painted : painted + padding);
    }
    return line.toString().stripTrailing();
  }

  private boolean isNumeric(int column) {
    return rows.stream()
        .map(row -> row.get(column))
        .allMatch(cell -> cell == null || NUMBER.matcher(cell).matches());
  }

  private Optional<String> leftOut(int shown) {
    return shown == headings.size()
        ? Optional.empty()
        : Optional.of(
            "not shown for lack of room: "
                + String.join(", ", headings.subList(shown, headings.size())));
  }
}
