package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares what a person sees with a file under {@code src/test/resources}. With {@code
 * -Dgolden.update=true} the files are written instead: review them as you would code. Immutable.
 */
public final class Golden {
  private static final Path ROOT = Path.of("src", "test", "resources");

  private record Mask(Pattern volatilePart, String replacement) {}

  private final Path root;
  private final boolean update;
  private final List<Mask> masks;

  Golden(Path root, boolean update, List<Mask> masks) {
    this.root = root;
    this.update = update;
    this.masks = List.copyOf(masks);
  }

  /** Texts in which nothing varies from run to run. */
  public static Golden exact() {
    return new Golden(ROOT, Boolean.getBoolean("golden.update"), List.of());
  }

  /** Texts in which what matches {@code regex} varies, and is kept as {@code replacement}. */
  public static Golden masking(String regex, String replacement) {
    return exact().and(regex, replacement);
  }

  /** Masks a further part; masks apply in the order in which they were given. */
  public Golden and(String regex, String replacement) {
    List<Mask> all = new ArrayList<>(masks);
    all.add(new Mask(Pattern.compile(regex), replacement));
    return new Golden(root, update, all);
  }

  /**
   * Asserts that a text equals a file, once its volatile parts are masked.
   *
   * @param file relative to {@code src/test/resources}
   */
  public void assertMatches(Path file, String actual) {
    Path golden = root.resolve(file);
    String masked = mask(actual);
    try {
      if (update) {
        Files.createDirectories(golden.toAbsolutePath().getParent());
        Files.writeString(golden, masked);
        return;
      }
      assertThat(golden).as("golden file; write it with -Dgolden.update=true").exists();
      assertThat(masked)
          .as("%s; if the new text is right, rewrite it with -Dgolden.update=true", golden)
          .isEqualTo(Files.readString(golden));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String mask(String text) {
    String masked = text;
    for (Mask mask : masks) {
      masked = mask.volatilePart().matcher(masked).replaceAll(mask.replacement());
    }
    return masked;
  }
}
