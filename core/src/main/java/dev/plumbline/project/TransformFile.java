package dev.plumbline.project;

import dev.plumbline.document.Transform;
import dev.plumbline.source.SourceSetting;

/** What a transform's file says: how documents are transformed, and where they live. */
public record TransformFile(Transform transform, SourceSetting source) {}
