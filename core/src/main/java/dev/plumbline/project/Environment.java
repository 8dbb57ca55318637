package dev.plumbline.project;

/**
 * An environment of {@code plumb.yaml} that was chosen by {@code --env}.
 *
 * @param isProtected whether nothing is written to it without a rehearsal and an approval
 */
public record Environment(String name, boolean isProtected) {}
