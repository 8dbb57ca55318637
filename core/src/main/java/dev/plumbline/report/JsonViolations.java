package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.Violation;
import dev.plumbline.invariant.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Violations as JSON: one object a line, or one array. */
final class JsonViolations extends ViolationFile {
  private final boolean several;
  private final boolean array;
  private final JsonGenerator json;
  private String invariant = "";
  private @Nullable ViolationView view;

  JsonViolations(Path target, boolean several, boolean array) {
    super(target);
    this.several = several;
    this.array = array;
    try {
      json = Json.factory().createGenerator(Files.newBufferedWriter(unfinished()));
      json.setPrettyPrinter(new OneByLine());
      if (array) {
        json.writeStartArray();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void begin(Invariant next, List<String> columns) {
    invariant = next.name();
    view = ViolationView.of(next, columns);
  }

  @Override
  public void accept(Violation violation) {
    if (view == null) {
      throw new IllegalStateException("begin comes first");
    }
    try {
      json.writeStartObject();
      if (several) {
        json.writeStringField("invariant", invariant);
      }
      Json.fields(json, view.columns(), view.values(violation));
      json.writeEndObject();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  void complete(AuditReport report) throws IOException {
    if (array) {
      json.writeEndArray();
    }
    if (json.getOutputContext().getEntryCount() > 0) {
      json.writeRaw('\n');
    }
    json.close();
  }

  /** Each violation has a line of its own, in an array as outside of one. */
  private static final class OneByLine extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    OneByLine() {
      super("\n");
    }

    @Override
    public void beforeArrayValues(JsonGenerator json) throws IOException {
      json.writeRaw('\n');
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
      json.writeRaw(",\n");
    }

    @Override
    public void writeEndArray(JsonGenerator json, int values) throws IOException {
      json.writeRaw(values > 0 ? "\n]" : "]");
    }
  }

  @Override
  void release() throws IOException {
    json.close();
  }
}
