package dev.plumbline.cli.architecture.here;

import dev.plumbline.cli.architecture.there.There;

/** One half of a cycle, to show that the rule against cycles can fail. */
public record Here(There other) {}
