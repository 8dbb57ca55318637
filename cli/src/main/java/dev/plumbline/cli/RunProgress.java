package dev.plumbline.cli;

import dev.plumbline.run.Listener;
import dev.plumbline.run.RunState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How a run goes on, as it goes: on a terminal one line that is written over, elsewhere a line
 * every few seconds. Safe for several threads.
 */
final class RunProgress implements Listener {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
  private static final int BAR = 24;

  /** Takes away what was written to a terminal's line. */
  static final String CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final long total;
  private final LongSupplier nanos;
  private final String unit;
  private final Supplier<String> further;
  private long start;
  private long done;
  private long shownAt;
  private boolean drawn;

  /**
   * @param terminal whether {@code out} is one
   * @param total how many rows are to be changed, as far as the plan knew
   * @param nanos a clock such as {@link System#nanoTime}
   */
  RunProgress(PrintStream out, boolean terminal, long total, LongSupplier nanos) {
    this(out, terminal, total, nanos, "rows", () -> "");
  }

  /**
   * @param unit what is counted, in the plural
   * @param further what else to say of how it goes, such as " · 18 requests/s"
   */
  RunProgress(
      PrintStream out,
      boolean terminal,
      long total,
      LongSupplier nanos,
      String unit,
      Supplier<String> further) {
    this.unit = unit;
    this.further = further;
    this.out = out;
    this.terminal = terminal;
    this.total = total;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.shownAt = start;
    draw("preparing …");
  }

  @Override
  public synchronized void committed(long rows, Duration took) {
    done += rows;
    Duration between = terminal ? BETWEEN_DRAWINGS : BETWEEN_LINES;
    if (since(shownAt).compareTo(between) < 0) {
      return;
    }
    shownAt = nanos.getAsLong();
    if (terminal) {
      draw(bar() + "  " + figures());
    } else {
      out.println(figures());
    }
  }

  /** So many have been looked at by now, for a look that is no run. */
  synchronized void looked(long number) {
    committed(number - done, Duration.ZERO);
  }

  private void draw(String line) {
    if (terminal) {
      out.print(CLEAR + line);
      out.flush();
      drawn = true;
    }
  }

  @Override
  public synchronized void quarantined(String error) {
    line("A row was set aside: " + error);
  }

  @Override
  public synchronized void retrying(String why, Duration pause) {
    line(why + " Trying again in " + seconds(pause) + ".");
  }

  @Override
  public synchronized void holding(String why) {
    line("Holding: " + why);
  }

  /** The time that it took to list the violations says nothing about the time left. */
  @Override
  public synchronized void state(RunState state) {
    if (state == RunState.RUNNING && done == 0) {
      start = nanos.getAsLong();
    }
    if (state == RunState.VERIFYING) {
      draw("verifying …");
    }
  }

  /** Removes what was drawn, before the result is printed. */
  synchronized void end() {
    if (drawn) {
      out.print(CLEAR);
      out.flush();
      drawn = false;
    }
  }

  private void line(String line) {
    end();
    out.println(line.lines().findFirst().orElse(""));
  }

  private Duration since(long then) {
    return Duration.ofNanos(nanos.getAsLong() - then);
  }

  private String bar() {
    int full = total == 0 ? BAR : (int) Math.min(BAR, done * BAR / total);
    return "█".repeat(full) + "░".repeat(BAR - full);
  }

  /** Such as {@code 12,000 of 27,000 rows (44 %) · 8,000 rows/s · 2 s left}. */
  private String figures() {
    double elapsed = Math.max(since(start).toMillis() / 1_000.0, 0.001);
    double rate = done / elapsed;
    String so =
        total == 0
            ? String.format(Locale.ROOT, "%,d %s", done, unit)
            : String.format(
                Locale.ROOT,
                "%,d of %,d %s (%d %%)",
                done,
                total,
                unit,
                Math.min(100, done * 100 / total));
    String known = so + String.format(Locale.ROOT, " · %,.0f %s/s", rate, unit) + further.get();
    return rate > 0 && done < total
        ? known
            + " · "
            + seconds(Duration.ofMillis((long) ((total - done) / rate * 1_000)))
            + " left"
        : known;
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() < 60
        ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0)
        : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }
}
