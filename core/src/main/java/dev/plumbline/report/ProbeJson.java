package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.probe.Breach;
import dev.plumbline.probe.Measured;
import dev.plumbline.probe.OnBreach;
import dev.plumbline.probe.ProbeResult;
import dev.plumbline.probe.Probes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What probes found, as JSON; the fields are described in docs/json.md. */
final class ProbeJson {
  private ProbeJson() {}

  /** What they found; null where the transform has none, or the run did not come to its end. */
  static void write(JsonGenerator json, Optional<ProbeResult> found) throws IOException {
    if (found.isEmpty()) {
      json.writeNullField("probes");
      return;
    }
    ProbeResult result = found.get();
    Probes probes = result.probes();
    json.writeObjectFieldStart("probes");
    json.writeNumberField("looks", result.looks());
    json.writeStringField("consequence", result.consequence().map(OnBreach::word).orElse(null));
    json.writeArrayFieldStart("requests");
    for (int i = 0; i < probes.requests().size(); i++) {
      json.writeStartObject();
      json.writeStringField("request", probes.requests().get(i).name());
      measured(json, "before", result.baseline().requests().get(i));
      measured(json, "after", result.last().now().get(i));
      json.writeEndObject();
    }
    json.writeEndArray();
    breaches(json, result.last().breaches());
    json.writeEndObject();
  }

  private static void measured(JsonGenerator json, String name, Measured measured)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("samples", measured.samples());
    json.writeNumberField("wrong", measured.errors());
    latency(json, "p50_ms", measured.p50());
    latency(json, "p95_ms", measured.p95());
    json.writeStringField("fault", measured.fault().orElse(null));
    json.writeEndObject();
  }

  private static void latency(JsonGenerator json, String name, Optional<Duration> latency)
      throws IOException {
    if (latency.isPresent()) {
      json.writeNumberField(name, latency.get().toMillis());
    } else {
      json.writeNullField(name);
    }
  }

  private static void breaches(JsonGenerator json, List<Breach> breaches) throws IOException {
    json.writeArrayFieldStart("breaches");
    for (Breach breach : breaches) {
      json.writeStartObject();
      json.writeStringField("request", breach.request());
      json.writeStringField("measure", breach.measure().word());
      json.writeStringField("what", breach.what());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
