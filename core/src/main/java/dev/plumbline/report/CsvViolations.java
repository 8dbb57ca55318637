package dev.plumbline.report;

import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Violation;
import dev.plumbline.invariant.Invariant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Violations as CSV (RFC 4180, lines end with LF): NULL is an empty field, the empty text is {@code
 * ""}. Several invariants share one table: their columns are united, and the first names the
 * invariant.
 *
 * <p>A table's head names all columns, but an invariant's columns are known only when its turn
 * comes. So the rows are collected first, new columns to the right of the known ones; when the last
 * has come, the head is put before them and short rows are filled up.
 */
final class CsvViolations extends ViolationFile {
  private final boolean several;
  private final Path rows;
  private final Writer out;
  private final Set<String> known = new LinkedHashSet<>();

  /** From which row on how many columns are filled. */
  private final TreeMap<Long, Integer> filled = new TreeMap<>();

  private String invariant = "";
  private @Nullable ViolationView view;
  private List<Integer> order = List.of();
  private long written;

  CsvViolations(Path target, boolean several) {
    super(target);
    this.several = several;
    this.rows = target.resolveSibling(target.getFileName() + ".rows");
    try {
      out = Files.newBufferedWriter(rows);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void begin(Invariant next, List<String> columns) {
    invariant = next.name();
    view = ViolationView.of(next, columns);
    List<String> own = view.columns();
    known.addAll(own);
    order = known.stream().map(own::indexOf).toList();
    filled.put(written, known.size());
  }

  @Override
  public void accept(Violation violation) {
    if (view == null) {
      throw new IllegalStateException("begin comes first");
    }
    List<@Nullable String> values = view.values(violation);
    List<@Nullable String> cells = new ArrayList<>();
    if (several) {
      cells.add(invariant);
    }
    order.forEach(column -> cells.add(column < 0 ? null : values.get(column)));
    try {
      out.write(record(cells));
      out.write('\n');
      written++;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static String record(List<? extends @Nullable String> cells) {
    return cells.stream().map(CsvViolations::cell).collect(Collectors.joining(","));
  }

  private static String cell(@Nullable String value) {
    if (value == null) {
      return "";
    }
    boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  @Override
  void complete(AuditReport report) throws IOException {
    out.close();
    for (AuditResult result : report.results()) {
      known.addAll(ViolationView.of(result.invariant(), result.columns()).columns());
    }
    List<String> head = new ArrayList<>(several ? List.of("invariant") : List.of());
    head.addAll(known);
    try (BufferedReader in = Files.newBufferedReader(rows);
        Writer table = Files.newBufferedWriter(unfinished())) {
      table.write(record(head));
      table.write('\n');
      fillUp(in, table);
    }
  }

  /** Copies the rows; a line break within quotes does not end one. */
  private void fillUp(BufferedReader in, Writer table) throws IOException {
    long row = 0;
    boolean quoted = false;
    for (int c = in.read(); c >= 0; c = in.read()) {
      quoted ^= c == '"';
      if (c == '\n' && !quoted) {
        table.write(padding(row++));
      }
      table.write(c);
    }
  }

  private String padding(long row) {
    Map.Entry<Long, Integer> part = filled.floorEntry(row);
    int missing = part == null ? 0 : known.size() - part.getValue();
    return IntStream.range(0, missing).mapToObj(i -> ",").collect(Collectors.joining());
  }

  @Override
  void release() throws IOException {
    out.close();
    Files.deleteIfExists(rows);
  }
}
