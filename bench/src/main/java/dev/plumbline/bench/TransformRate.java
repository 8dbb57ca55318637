package dev.plumbline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.execution.Settings;
import dev.plumbline.project.ReadOptions;
import dev.plumbline.project.TransformFile;
import dev.plumbline.project.TransformFolder;
import dev.plumbline.run.Listener;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.Sources;
import dev.plumbline.transform.DocumentsJournal;
import dev.plumbline.transform.RemoteTransform;
import dev.plumbline.transform.RunFolder;
import dev.plumbline.transform.TransformOptions;
import dev.plumbline.transform.TransformReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How near a run over documents behind HTTP comes to what the CRM's limits allow: case 4 with many
 * contacts, against the stand-in in a process of its own with the limits of a professional account
 * and 50 ms for each answer.
 */
final class TransformRate {
  private static final Path EXAMPLE = Path.of("examples", "hierarchical-progress");
  private static final String TOKEN = "of-the-benchmark";
  private static final int WORKERS = 8;
  private static final double PERMITTED = 19.0;
  private static final int IN_A_REQUEST = 100;

  /** Seconds that count neither at the beginning, where the window is empty, nor at the end. */
  private static final int EDGE = 15;

  private final URI crm;
  private final Path directory;
  private final long contacts;

  private TransformRate(URI crm, Path directory, long contacts) {
    this.crm = crm;
    this.directory = directory;
    this.contacts = contacts;
  }

  /**
   * @param contacts a multiple of 100
   */
  static void run(long contacts) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("plumb-bench");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1500m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.plumbline.crm.CrmMain",
                "--content",
                EXAMPLE.resolve("content").toString(),
                "--contacts",
                String.valueOf(contacts),
                "--token",
                TOKEN,
                "--latency-ms",
                "50")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      new TransformRate(URI.create(lines.readLine()), directory, contacts).run();
    } finally {
      process.destroy();
    }
  }

  private void run() throws IOException, InterruptedException {
    TransformFile file =
        new TransformFolder(EXAMPLE)
            .read(
                "hierarchical-progress",
                new ReadOptions(
                    Optional.empty(),
                    Map.of("CRM_URL", crm.toString(), "CRM_TOKEN", TOKEN),
                    Optional.empty()));
    DocumentsJournal journal = new DocumentsJournal(directory);
    try (DocumentSource source =
        Sources.open(file.source(), file.transform().properties(), file.transform().property())) {
      RemoteTransform transform =
          new RemoteTransform(
              file.transform(), source, journal.create(), Settings.standard(), Clock.systemUTC());
      long run =
          transform.begin(
              new TransformOptions(
                  List.of(), Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), WORKERS));
      RunFolder folder = RunFolder.at(journal.runFolder("d" + run));
      print(transform.run(run, "d" + run, Optional.of(folder), new Listener() {}));
    }
  }

  private void print(TransformReport report) throws IOException, InterruptedException {
    JsonNode traffic = traffic();
    long requests = traffic.path("requests").asLong();
    double rate = steadyRate(traffic.path("admittedBySecond"));
    long written = report.run().run().changed();
    double seconds = report.took().toMillis() / 1000.0;
    // Each contact is listed twice, at first and for the fresh look; what is written is read and
    // written.
    double least = (2.0 * contacts + 2.0 * written) / IN_A_REQUEST / PERMITTED;
    System.out.println("| measured | |\n| --- | --- |");
    row("contacts", "%,d", contacts);
    row("documents written", "%,d", written);
    row("requests", "%,d", requests);
    row("seconds", "%.0f", seconds);
    row("requests a second in steady state, of %.1f permitted", "%.2f", PERMITTED, rate);
    row("that is", "%.1f %%", 100 * rate / PERMITTED);
    row("most in 10 seconds, of 190 permitted", "%,d", traffic.path("busiest").asLong());
    long tooMany = traffic.path("byStatus").path("429").asLong();
    row("answered 429", "%,d", tooMany);
    row("contacts a second", "%.0f", contacts / seconds);
    row("contacts a second that the limits allow at most", "%.0f", contacts / least);
    row("peak heap of the run, MB", "%,d", Bench.peakHeap() >> 20);
  }

  private static void row(String what, String format, Object... values) {
    Object last = values[values.length - 1];
    System.out.printf(
        Locale.ROOT,
        "| %s | %s |%n",
        values.length > 1 ? String.format(Locale.ROOT, what, values[0]) : what,
        String.format(Locale.ROOT, format, last));
  }

  private JsonNode traffic() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(crm.resolve("/stand-in/traffic")).build();
      return new JsonMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
    }
  }

  private static double steadyRate(JsonNode bySecond) {
    SortedMap<Long, Integer> admitted = new TreeMap<>();
    bySecond
        .properties()
        .forEach(each -> admitted.put(Long.parseLong(each.getKey()), each.getValue().asInt()));
    long from = admitted.firstKey() + EDGE;
    long to = admitted.lastKey() - EDGE;
    int sum = admitted.subMap(from, to).values().stream().mapToInt(Integer::intValue).sum();
    return sum / (double) (to - from);
  }
}
