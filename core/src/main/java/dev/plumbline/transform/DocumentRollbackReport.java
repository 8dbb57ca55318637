package dev.plumbline.transform;

import dev.plumbline.execution.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a rollback of documents did.
 *
 * @param run what the journal has of it
 * @param reverts how people name the run that was taken back
 * @param transform whose documents they are
 * @param restored documents that are as they were before the run
 * @param merged documents in their old shape, with what was changed since
 * @param already documents that needed nothing
 * @param folder where the summary is
 */
public record DocumentRollbackReport(
    RunReport run,
    String reverts,
    String transform,
    long restored,
    long merged,
    long already,
    Optional<Path> folder,
    Duration took) {}
