package dev.plumbline.cli;

import dev.plumbline.document.Transform;
import dev.plumbline.probe.Probes;
import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectReader;
import dev.plumbline.project.TransformFile;
import dev.plumbline.project.TransformFolder;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.DocumentSource.Allowance;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.source.Sources;
import dev.plumbline.transform.ColumnTransform;
import dev.plumbline.transform.DocumentRollback;
import dev.plumbline.transform.DocumentsJournal;
import dev.plumbline.transform.RemoteTransform;
import dev.plumbline.transform.Transforming;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A transform of a project with the place of its documents and the journal of its runs, ready to be
 * worked with. For one thread.
 */
final class OpenTransform implements AutoCloseable {
  private final OpenProject project;
  private final TransformFile file;
  private final Optional<DocumentSource> source;

  private OpenTransform(OpenProject project, TransformFile file, Optional<DocumentSource> source) {
    this.project = project;
    this.file = file;
    this.source = source;
  }

  /**
   * Reads the transform's file and finds its place.
   *
   * @throws dev.plumbline.error.PlumblineException if there is none of that name, if the file is
   *     wrong, or if there is no such place
   */
  static OpenTransform of(Invocation invocation, String name) {
    Project project =
        ProjectReader.readForDocuments(invocation.directory(), invocation.readOptions());
    TransformFile file =
        new TransformFolder(project.directory()).read(name, invocation.readOptions());
    OpenProject open =
        file.source() instanceof SourceSetting.Column
            ? OpenProject.of(invocation)
            : OpenProject.documents(project);
    try {
      return new OpenTransform(open, file, source(file));
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  /** The same by the text that a run's journal keeps, in the project that is open already. */
  static OpenTransform of(Invocation invocation, OpenProject open, String name, String text) {
    TransformFile file =
        new TransformFolder(open.project().directory()).read(name, text, invocation.readOptions());
    return new OpenTransform(open, file, source(file));
  }

  private static Optional<DocumentSource> source(TransformFile file) {
    Transform transform = file.transform();
    return file.source() instanceof SourceSetting.Column
        ? Optional.empty()
        : Optional.of(Sources.open(file.source(), transform.properties(), transform.property()));
  }

  OpenProject project() {
    return project;
  }

  Transform transform() {
    return file.transform();
  }

  /** What lives outside of a database has its journal beside it. */
  DocumentsJournal journal() {
    return new DocumentsJournal(project.project().directory());
  }

  /** How the command line names a run of it. */
  String runName(long run) {
    return new RunReference(source.isPresent(), run).toString();
  }

  /** Where a run of it lays its evidence down. */
  Path folder(long run) {
    return journal().runFolder(runName(run));
  }

  /** Makes the journal's file where there is none yet. */
  void createJournal() {
    if (source.isPresent()) {
      journal().create();
    }
  }

  Transforming transforming() {
    return file.source() instanceof SourceSetting.Column column
        ? new ColumnTransform(
            file.transform(), column, project.database(), project.settings(), Clock.systemUTC())
        : new RemoteTransform(
            file.transform(),
            source.orElseThrow(),
            project.database(),
            project.settings(),
            Clock.systemUTC());
  }

  /** Takes its runs back. */
  DocumentRollback rollback() {
    return file.source() instanceof SourceSetting.Column column
        ? DocumentRollback.inColumn(
            file.transform(), column, project.database(), project.settings(), Clock.systemUTC())
        : DocumentRollback.of(
            file.transform(),
            source.orElseThrow(),
            project.database(),
            project.settings(),
            Clock.systemUTC());
  }

  /** What is asked of a service before and after its runs. */
  Optional<Probes> probes() {
    return file.probes();
  }

  /**
   * The ids of documents that another property names.
   *
   * @throws dev.plumbline.error.PlumblineException (usage) if there is none with that value, or if
   *     the source cannot look it up
   */
  List<String> find(String by, List<String> values) {
    return values.stream().map(value -> find(by, value)).toList();
  }

  private String find(String by, String value) {
    DocumentSource in =
        source.orElseThrow(
            () ->
                UsageErrors.usage(
                    "--" + by + " is for documents behind an API; these are in a column.",
                    "Name the row by its key: --id KEY"));
    return in.find(by, value)
        .orElseThrow(
            () ->
                UsageErrors.usage(
                    "There is no document whose "
                        + by
                        + " is `"
                        + value
                        + "` among "
                        + in.label()
                        + ".",
                    "Check the value, or name the document by its id: --id ID"))
        .id();
  }

  /** How many documents there are, where that is cheap to know; else 0. */
  long documents() {
    return source.map(DocumentSource::count).orElse(OptionalLong.empty()).orElse(0);
  }

  /** Where the requests stand, for the progress; nothing where the source has no limits. */
  String requests() {
    return source.flatMap(DocumentSource::allowance).map(OpenTransform::words).orElse("");
  }

  private static String words(Allowance allowance) {
    String today =
        allowance.today().isPresent()
            ? String.format(Locale.ROOT, ", %,d more today", allowance.today().getAsLong())
            : "";
    return String.format(Locale.ROOT, " · %,d requests%s", allowance.made(), today);
  }

  @Override
  public void close() {
    try {
      source.ifPresent(DocumentSource::close);
    } finally {
      project.close();
    }
  }
}
