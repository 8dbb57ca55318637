package dev.plumbline.crm;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs a stand-in as a process of its own, for tests that kill its clients: prints where it is, and
 * ends when its standard input does.
 */
public final class CrmMain {
  private CrmMain() {}

  /**
   * Takes {@code --content DIR}, {@code --contacts N} (5000), {@code --seed N} (4), {@code --port
   * N}, {@code --token TEXT}, {@code --latency-ms N}, {@code --requests-per-10-seconds N} and
   * {@code --searches-per-second N}, each followed by its value.
   */
  public static void main(String[] args) throws IOException {
    Map<String, String> options = options(args);
    PrintStream out = System.out;
    try (Crm crm = Crm.start(settings(options))) {
      if (options.containsKey("--content")) {
        Contacts.of(
                Content.read(Path.of(options.getOrDefault("--content", ""))),
                Integer.parseInt(options.getOrDefault("--contacts", "5000")),
                Long.parseLong(options.getOrDefault("--seed", "4")))
            .fill(crm);
      }
      out.println(crm.uri());
      out.flush();
      while (System.in.read() != -1) {
        // What is typed means nothing; only the end does.
      }
    }
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    return options;
  }

  private static CrmSettings settings(Map<String, String> options) {
    CrmSettings standard = CrmSettings.standard();
    RateLimits limits = standard.limits();
    return standard
        .withToken(options.getOrDefault("--token", standard.token()))
        .withPort(Integer.parseInt(options.getOrDefault("--port", "0")))
        .withLatency(Duration.ofMillis(Long.parseLong(options.getOrDefault("--latency-ms", "0"))))
        .withLimits(
            limits
                .withRequests(
                    Integer.parseInt(
                        options.getOrDefault(
                            "--requests-per-10-seconds", String.valueOf(limits.requests()))),
                    limits.interval())
                .withSearchesPerSecond(
                    Integer.parseInt(
                        options.getOrDefault(
                            "--searches-per-second", String.valueOf(limits.searchesPerSecond())))));
  }
}
