package dev.plumbline.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code probes.json} in a run's folder: the baseline and every look. A run that goes on
 * later is compared with the baseline from before its first batch. For one thread.
 */
public final class ProbeLog {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final String run;
  private final Probes probes;

  public ProbeLog(LogPlace place, Probes probes) {
    this.file = place.folder().resolve("probes.json");
    this.run = place.run();
    this.probes = probes;
  }

  /** The baseline that an earlier process has kept for the same run and the same probes. */
  public Optional<Baseline> baseline() {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    ObjectNode log = read();
    if (!log.path("run").asText().equals(run)) {
      return Optional.empty();
    }
    JsonNode kept = log.path("baseline");
    List<Measured> requests = new ArrayList<>();
    for (JsonNode request : kept.path("requests")) {
      int at = requests.size();
      boolean same =
          at < probes.requests().size()
              && probes.requests().get(at).name().equals(request.path("request").asText());
      if (!same) {
        return Optional.empty();
      }
      requests.add(measured(request));
    }
    return requests.size() == probes.requests().size()
        ? Optional.of(new Baseline(Instant.parse(kept.path("at").asText()), requests))
        : Optional.empty();
  }

  private static Measured measured(JsonNode request) {
    return new Measured(
        request.path("samples").asInt(),
        request.path("errors").asInt(),
        latency(request.path("p50_us")),
        latency(request.path("p95_us")),
        Optional.ofNullable(request.path("fault").textValue()));
  }

  private static Optional<Duration> latency(JsonNode micros) {
    return micros.isIntegralNumber()
        ? Optional.of(Duration.ofNanos(micros.longValue() * 1_000))
        : Optional.empty();
  }

  /** Keeps the baseline, before the run begins. */
  public void keep(Baseline baseline) {
    ObjectNode log = JSON.createObjectNode().put("run", run);
    ObjectNode kept = log.putObject("baseline").put("at", baseline.at().toString());
    write(kept.putArray("requests"), baseline.requests());
    log.putArray("looks");
    write(log);
  }

  /** Adds a look. */
  public void add(Look look) {
    ObjectNode log = read();
    ObjectNode entry = log.withArray("/looks").addObject().put("at", look.at().toString());
    write(entry.putArray("requests"), look.now());
    ArrayNode breaches = entry.putArray("breaches");
    for (Breach breach : look.breaches()) {
      breaches
          .addObject()
          .put("request", breach.request())
          .put("measure", breach.measure().word())
          .put("what", breach.what());
    }
    write(log);
  }

  private void write(ArrayNode array, List<Measured> measured) {
    for (int i = 0; i < measured.size(); i++) {
      Measured one = measured.get(i);
      ObjectNode entry = array.addObject().put("request", probes.requests().get(i).name());
      entry.put("samples", one.samples()).put("errors", one.errors());
      one.p50().ifPresent(p50 -> entry.put("p50_us", p50.toNanos() / 1_000));
      one.p95().ifPresent(p95 -> entry.put("p95_us", p95.toNanos() / 1_000));
      one.fault().ifPresent(fault -> entry.put("fault", fault));
    }
  }

  private ObjectNode read() {
    try {
      return (ObjectNode) JSON.readTree(Files.readString(file));
    } catch (IOException | ClassCastException e) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "The probes' record " + file + " cannot be read.",
          "What the run wrote stays written.",
          "Remove the file, and the service as it is now becomes the baseline.",
          e);
    }
  }

  /** Into a second file first: a process that is killed leaves the old one whole. */
  private void write(ObjectNode log) {
    Path fresh = file.resolveSibling("probes.json.new");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(fresh, log.toPrettyString() + "\n");
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new PlumblineException(
          ErrorCode.DENIED,
          "The operating system does not let Plumbline write " + file + ".",
          "What the run wrote stays written.",
          "Make room or give write permission there, then go on.",
          e);
    }
  }
}
