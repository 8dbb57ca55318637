package dev.plumbline.probe;

import java.nio.file.Path;

/**
 * Where the probes around a run are kept.
 *
 * @param run tells it from a run of the same number in another database, which has the same folder
 */
public record LogPlace(Path folder, String run) {}
