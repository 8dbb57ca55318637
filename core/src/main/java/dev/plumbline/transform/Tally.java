package dev.plumbline.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many documents a look or a run was about. Each is exactly one of the five that follow the
 * total.
 *
 * @param transformed those that are written, or would be
 * @param unchanged those that the transform leaves as they are
 * @param skipped records without a document
 * @param validationErrors those whose result breaks what was declared of it; never written
 * @param failed those that could not be read, transformed or written
 * @param counts what the transform counts in the transformed ones: count, label, number
 */
public record Tally(
    long total,
    long transformed,
    long unchanged,
    long skipped,
    long validationErrors,
    long failed,
    SortedMap<String, SortedMap<String, Long>> counts) {
  public Tally {
    SortedMap<String, SortedMap<String, Long>> copy = new TreeMap<>();
    counts.forEach(
        (count, labels) ->
            copy.put(count, Collections.unmodifiableSortedMap(new TreeMap<>(labels))));
    counts = Collections.unmodifiableSortedMap(copy);
  }

  /** As reports have it: the numbers as fields of the object at hand. */
  public void write(JsonGenerator json) throws IOException {
    json.writeNumberField("total", total);
    json.writeNumberField("transformed", transformed);
    json.writeNumberField("unchanged", unchanged);
    json.writeNumberField("skipped", skipped);
    json.writeNumberField("failed", failed);
    json.writeNumberField("validation_errors", validationErrors);
    json.writeObjectFieldStart("counts");
    for (var count : counts.entrySet()) {
      json.writeObjectFieldStart(count.getKey());
      for (var label : count.getValue().entrySet()) {
        json.writeNumberField(label.getKey(), label.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
