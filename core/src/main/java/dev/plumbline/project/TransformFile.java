package dev.plumbline.project;

import dev.plumbline.document.Transform;
import dev.plumbline.probe.Probes;
import dev.plumbline.source.SourceSetting;
import java.util.Optional;

/**
 * What a transform's file says: how documents are transformed, and where they live.
 *
 * @param probes what is asked of a service before and after a run
 */
public record TransformFile(Transform transform, SourceSetting source, Optional<Probes> probes) {}
