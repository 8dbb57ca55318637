package dev.plumbline.cli;

import dev.plumbline.audit.AuditReport;
import dev.plumbline.report.AuditJUnit;
import dev.plumbline.report.AuditJson;
import dev.plumbline.report.AuditMarkdown;
import dev.plumbline.report.AuditText;
import dev.plumbline.report.Sources;
import dev.plumbline.report.TextStyle;
import dev.plumbline.report.UnwritableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A report that goes to a file, beside what is printed. */
enum ReportFile {
  text,
  json,
  markdown,
  junit;

  /** Writes it, over an older one. */
  void write(AuditReport report, Path file, Sources sources) {
    try {
      Files.writeString(file, render(report, sources));
    } catch (IOException e) {
      throw UnwritableFile.error("The report", file, e);
    }
  }

  private String render(AuditReport report, Sources sources) {
    return switch (this) {
      case text -> AuditText.of(report, TextStyle.plain(), sources);
      case json -> AuditJson.of(report);
      case markdown -> AuditMarkdown.of(report);
      case junit -> AuditJUnit.of(report);
    };
  }
}
