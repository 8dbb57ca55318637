package dev.plumbline.report;

import dev.plumbline.probe.Baseline;
import dev.plumbline.probe.Breach;
import dev.plumbline.probe.Measured;
import dev.plumbline.probe.ProbeResult;
import dev.plumbline.probe.Probes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What probes found, as text. */
public final class ProbeText {
  private ProbeText() {}

  /** How the service answers before the run; ends with a line break. */
  public static String baseline(Probes probes, Baseline baseline, TextStyle style) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (int i = 0; i < probes.requests().size(); i++) {
      Measured one = baseline.requests().get(i);
      rows.add(
          Arrays.asList(
              probes.requests().get(i).name(), millis(one.p50()), millis(one.p95()), wrong(one)));
    }
    return page(
        "Probes before the run" + unit(probes),
        new TextTable(List.of("request", "p50", "p95", "wrong"), rows, 1),
        style);
  }

  /**
   * How it answers after the run, beside its baseline, and what that means for the run.
   *
   * @param failing what it means where a breach does not take the run back
   */
  public static String result(ProbeResult result, String failing, TextStyle style) {
    Probes probes = result.probes();
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (int i = 0; i < probes.requests().size(); i++) {
      Measured before = result.baseline().requests().get(i);
      Measured now = result.last().now().get(i);
      rows.add(
          Arrays.asList(
              probes.requests().get(i).name(),
              millis(before.p50()),
              millis(now.p50()),
              millis(before.p95()),
              millis(now.p95()),
              wrong(before),
              wrong(now)));
    }
    List<String> headings =
        List.of(
            "request",
            "p50 before",
            "p50 after",
            "p95 before",
            "p95 after",
            "wrong before",
            "wrong after");
    StringBuilder text =
        new StringBuilder(
            page("Probes after the run" + unit(probes), new TextTable(headings, rows, 1), style));
    for (Breach breach : result.last().breaches()) {
      text.append("  ")
          .append(style.red("breached"))
          .append(" ")
          .append(breach.measure().word())
          .append(": ")
          .append(breach.request())
          .append(": ")
          .append(breach.what())
          .append("\n");
    }
    return text.append("  ").append(verdict(result, failing, style)).append("\n").toString();
  }

  private static String verdict(ProbeResult result, String failing, TextStyle style) {
    Probes probes = result.probes();
    String looks = Figures.count(result.looks(), "look", "looks");
    if (result.consequence().isEmpty()) {
      String over = probes.watch().isZero() ? "" : " over " + Figures.time(probes.watch());
      return style.green("The service answers as before")
          + ", in "
          + looks
          + over
          + "; no threshold is breached.";
    }
    return switch (result.consequence().get()) {
      case FAIL -> failing;
      case ROLL_BACK -> "The run is taken back.";
    };
  }

  private static String unit(Probes probes) {
    return " (latencies in ms, " + Figures.count(probes.samples(), "sample", "samples") + " each)";
  }

  private static String page(String title, TextTable table, TextStyle style) {
    return title + "\n" + String.join("\n", table.lines(style, 2)) + "\n";
  }

  private static String millis(Optional<Duration> latency) {
    return latency.map(time -> Figures.count(time.toMillis())).orElse("–");
  }

  private static String wrong(Measured measured) {
    return Figures.count(measured.errors());
  }
}
