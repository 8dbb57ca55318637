package dev.plumbline.transform;

import dev.plumbline.execution.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a rollback of documents did. Each document in its scope is in exactly one of its numbers.
 *
 * @param run what the journal has of it
 * @param reverts how people name the run that was taken back
 * @param transform whose documents they are
 * @param restored documents that are as they were before the run
 * @param inPart documents that are so, or merged, but for what somebody has changed beside the text
 * @param already documents that needed nothing; known when the run has succeeded
 * @param merged documents in their old shape, with what was changed since
 * @param conflicts documents that somebody has changed since, and that are kept
 * @param left of a run that has not succeeded: all others, not looked at yet, failed, or as before
 *     already
 * @param folder where the summary is
 */
public record DocumentRollbackReport(
    RunReport run,
    String reverts,
    String transform,
    long restored,
    long inPart,
    long already,
    long merged,
    long conflicts,
    long left,
    Optional<Path> folder,
    Duration took) {}
