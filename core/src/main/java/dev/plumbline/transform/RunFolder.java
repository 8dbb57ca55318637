package dev.plumbline.transform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.Run;
import dev.plumbline.journal.SetAside;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder in which a run, or a dry run, lays down for people what it did: {@code
 * snapshots/ID-before.json} and {@code -after.json}, {@code summary.json} and {@code
 * validation-report.json}. A rollback goes by the journal, not by these files. Safe for several
 * threads.
 */
public final class RunFolder implements Evidence {
  private static final JsonFactory JSON = new JsonFactory();

  /** For texts with half a surrogate pair in them, which UTF-8 cannot say. */
  private static final JsonFactory ESCAPING =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final int LONGEST_NAME = 180;

  private final Path folder;
  private final Path snapshots;

  private RunFolder(Path folder) {
    this.folder = folder;
    this.snapshots = folder.resolve("snapshots");
  }

  /**
   * Makes the folder where it is not there yet.
   *
   * @throws PlumblineException 77 if that is not permitted
   */
  public static RunFolder at(Path folder) {
    RunFolder made = new RunFolder(folder);
    try {
      Files.createDirectories(folder);
      OwnerOnly.makeFolder(made.snapshots);
    } catch (IOException e) {
      throw unwritable(made.snapshots, e);
    }
    return made;
  }

  /** The same without anything that an earlier dry run has left in it. */
  public static RunFolder emptied(Path folder) {
    RunFolder made = at(folder);
    try (var files = Files.list(made.snapshots)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw unwritable(made.snapshots, e);
    }
    return made;
  }

  public Path path() {
    return folder;
  }

  @Override
  public void before(List<Image> images) {
    images.forEach(image -> snapshot(image.id(), "before", image.before()));
  }

  @Override
  public void after(List<Image> images) {
    images.forEach(image -> snapshot(image.id(), "after", image.after()));
  }

  /** What a dry run would write. */
  void planned(
      String id, Map<String, Optional<String>> before, Map<String, Optional<String>> after) {
    snapshot(id, "before", before);
    snapshot(id, "after", after);
  }

  private void snapshot(String id, String which, Map<String, Optional<String>> texts) {
    write(
        texts.values().stream().allMatch(RunFolder::sayable) ? JSON : ESCAPING,
        snapshots.resolve(name(id) + "-" + which + ".json"),
        json -> {
          json.writeStartObject();
          json.writeStringField("id", id);
          json.writeObjectFieldStart("properties");
          for (var text : texts.entrySet()) {
            json.writeFieldName(text.getKey());
            if (text.getValue().isPresent()) {
              json.writeString(text.getValue().get());
            } else {
              json.writeNull();
            }
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static boolean sayable(Optional<String> text) {
    return text.map(StandardCharsets.UTF_8.newEncoder()::canEncode).orElse(true);
  }

  /** An id as a file's name: what is not plainly a character of one is written as %XX. */
  static String name(String id) {
    StringBuilder name = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '@'))
              || (c == '.' && !name.isEmpty());
      name.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return name.length() <= LONGEST_NAME
        ? name.toString()
        : name.substring(0, LONGEST_NAME - 9) + "-" + Integer.toHexString(id.hashCode());
  }

  /** {@code summary.json} and {@code validation-report.json}. */
  void report(Summary summary, List<Problem> problems) {
    summary(summary);
    validation(summary.tally(), problems);
  }

  /** {@code summary.json} again, for a run of which more was found after its end. */
  public void summary(TransformReport report) {
    Run run = report.run().run();
    report
        .tally()
        .ifPresent(
            tally ->
                summary(
                    new Summary(
                        run.plan().invariant(),
                        run.name(),
                        run.state().word(),
                        tally,
                        report.took())));
  }

  private void summary(Summary summary) {
    write(
        JSON,
        folder.resolve("summary.json"),
        json -> {
          json.writeStartObject();
          json.writeStringField("transform", summary.transform());
          json.writeStringField("run", summary.run());
          json.writeStringField("state", summary.state());
          summary.tally().write(json);
          json.writeNumberField("duration_ms", summary.took().toMillis());
          json.writeEndObject();
        });
  }

  /**
   * What taking the run back has done: in a file of the rollback's own, since a run can be taken
   * back in parts, and in the one that tells of the newest.
   */
  void rollback(DocumentRollbackReport report) {
    rollback(report, "rollback-summary-" + report.run().run().name() + ".json");
    rollback(report, "rollback-summary.json");
  }

  private void rollback(DocumentRollbackReport report, String file) {
    write(
        JSON,
        folder.resolve(file),
        json -> {
          json.writeStartObject();
          json.writeStringField("transform", report.transform());
          json.writeStringField("run", report.reverts());
          json.writeStringField("taken_back_by", report.run().run().name());
          json.writeStringField("state", report.run().run().state().word());
          json.writeNumberField("restored", report.restored());
          json.writeNumberField("restored_in_part", report.inPart());
          json.writeNumberField("already_back", report.already());
          json.writeNumberField("merged", report.merged());
          json.writeNumberField("conflicts", report.conflicts());
          json.writeNumberField("left", report.left());
          json.writeNumberField("failed", report.run().quarantined());
          json.writeArrayFieldStart("kept");
          for (SetAside kept : report.run().setAside()) {
            json.writeStartObject();
            json.writeStringField("id", kept.key().toString());
            json.writeStringField("reason", kept.reason().word());
            json.writeStringField("what", kept.message());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberField("duration_ms", report.took().toMillis());
          json.writeEndObject();
        });
  }

  /** Every document that is not written, and why. */
  private void validation(Tally tally, List<Problem> problems) {
    write(
        JSON,
        folder.resolve("validation-report.json"),
        json -> {
          json.writeStartObject();
          json.writeNumberField("validation_errors", tally.validationErrors());
          json.writeNumberField("failed", tally.failed());
          json.writeNumberField(
              "not_listed", tally.validationErrors() + tally.failed() - problems.size());
          json.writeArrayFieldStart("documents");
          for (Problem problem : problems) {
            problem.write(json);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @FunctionalInterface
  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private static void write(JsonFactory factory, Path file, Content content) {
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = factory.createGenerator(out)) {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      DefaultPrettyPrinter layout = new DefaultPrettyPrinter();
      layout.indentObjectsWith(lines);
      layout.indentArraysWith(lines);
      json.setPrettyPrinter(layout);
      content.write(json);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static PlumblineException unwritable(Path file, IOException cause) {
    return new PlumblineException(
        ErrorCode.DENIED,
        "The operating system does not let Plumbline write " + file + ": " + FileRefusal.of(cause),
        "Nothing was sent to the source after that.",
        "Make room or give write permission there, then go on.",
        cause);
  }
}
