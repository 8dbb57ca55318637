package dev.plumbline.cli.architecture.there;

import dev.plumbline.cli.architecture.here.Here;

/** One half of a cycle, to show that the rule against cycles can fail. */
public record There(Here other) {}
