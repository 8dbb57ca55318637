package dev.plumbline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.backup.Backup.Planned;
import dev.plumbline.journal.Backups;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Backups as JSON; the fields are described in docs/json.md. */
final class BackupJson {
  private BackupJson() {}

  /** What would be taken. */
  static void planned(JsonGenerator json, Optional<Planned> backup) throws IOException {
    if (backup.isEmpty()) {
      json.writeNullField("backup");
      return;
    }
    json.writeObjectFieldStart("backup");
    json.writeStringField("made_with", backup.get().with());
    json.writeStringField("folder", backup.get().folder().toString());
    json.writeEndObject();
  }

  /** What was taken before a run. */
  static void taken(JsonGenerator json, List<Backups.Taken> backups) throws IOException {
    json.writeArrayFieldStart("backups");
    for (Backups.Taken backup : backups) {
      json.writeStartObject();
      json.writeStringField("taken_at", backup.at().toString());
      json.writeStringField("made_with", backup.entry().madeWith());
      json.writeStringField("checked", backup.entry().checked());
      json.writeStringField("file", backup.entry().file().orElse(null));
      Json.number(json, "bytes", backup.entry().bytes());
      json.writeStringField("sha256", backup.entry().sha256().orElse(null));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
