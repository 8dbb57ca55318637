package dev.plumbline.transform;

import dev.plumbline.document.Transform;
import dev.plumbline.error.ExitCode;
import dev.plumbline.source.DocumentSource.Allowance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a transform would do: every document was looked at, and nothing was written but files.
 *
 * @param transform its name
 * @param source what the documents are, for people
 * @param samples some documents that would change
 * @param problems the first that would not be written, and why
 * @param folder where the snapshots, the summary and the validation report are
 * @param ids those that would change, and those that are refused or fail, where a limit or a list
 *     of ids said which
 * @param notes what else to know before it is done, in sentences
 * @param allowance what the source has left, where it has limits
 */
public record TransformPlan(
    String transform,
    String says,
    String source,
    Tally tally,
    List<Sample> samples,
    List<Problem> problems,
    Optional<Path> folder,
    List<String> ids,
    List<String> notes,
    Optional<Allowance> allowance,
    Duration took) {
  public TransformPlan {
    samples = List.copyOf(samples);
    problems = List.copyOf(problems);
    ids = List.copyOf(ids);
    notes = List.copyOf(notes);
  }

  /**
   * A document that would change.
   *
   * @param paths where in the document
   */
  public record Sample(String id, List<String> paths) {
    public Sample {
      paths = List.copyOf(paths);
    }
  }

  /** What of a transform's file the numbers of a plan do not show. */
  static List<String> notes(Transform transform) {
    List<String> notes = new ArrayList<>();
    if (!transform.also().isEmpty()) {
      notes.add(
          "Written together with "
              + transform.property()
              + ": "
              + String.join(", ", transform.also().keySet())
              + ".");
    }
    if (transform.preserve().isEmpty()) {
      notes.add(
          "The file has no `preserve`: nothing keeps the program from leaving something out.");
    }
    return notes;
  }

  /** 2 where it is known already that some documents will not be written. */
  public ExitCode exitCode() {
    return tally.validationErrors() + tally.failed() > 0 ? ExitCode.FAILED : ExitCode.OK;
  }
}
