package dev.plumbline.lint;

import java.nio.file.Path;

/**
 * A file to look at.
 *
 * @param path as outputs show it
 * @param own whether {@code plumb migrate} runs it
 * @param settings of the tool for this file, where it keeps them in a file beside it; else empty
 * @param judged whether findings in it are wanted; else it only tells what was there before
 */
public record LintSource(Path path, String text, String settings, boolean own, boolean judged) {}
