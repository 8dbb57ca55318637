package dev.plumbline.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * PostgreSQL's programs of one version, unpacked in the user's cache directory. Immutable: any
 * thread may use it.
 *
 * @param version the full version, such as {@code 18.6.0}
 * @param home the directory that holds {@code bin}, {@code lib} and {@code share}
 */
public record Binaries(String version, Path home) {

  /** Opens the {@code .txz} archive of a version; called only if it is not unpacked yet. */
  @FunctionalInterface
  public interface Archive {
    InputStream open() throws IOException;
  }

  /**
   * The version that comes with Plumbline, from the class path.
   *
   * @throws EmbeddedServerException if there is none for this platform, or it cannot be unpacked
   */
  public static Binaries newest() {
    return unpacked(newestVersion(), () -> fromClassPath("/" + archiveName()));
  }

  /**
   * A version of the caller's own.
   *
   * @param version names the copy in the cache: never use one version for two different archives
   * @throws EmbeddedServerException if the archive cannot be unpacked
   */
  public static Binaries unpacked(String version, Archive archive) {
    String name = "postgres-" + version + "-" + platform();
    return new Binaries(version, Unpacking.unpack(UserCache.directory(), name, archive));
  }

  /** The file name under which this platform's archive is found, on the class path or elsewhere. */
  public static String archiveName() {
    return "postgres-" + platform() + ".txz";
  }

  /** The major version: 18 for {@code 18.6.0}. */
  int major() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static InputStream fromClassPath(String resource) {
    InputStream archive = Binaries.class.getResourceAsStream(resource);
    if (archive == null) {
      throw new EmbeddedServerException(
          "Plumbline brings no PostgreSQL for this platform (" + platform() + ").",
          "Nothing was started or written.",
          "Use a database of your own: --database jdbc:postgresql://HOST:PORT/NAME");
    }
    return archive;
  }

  private static String newestVersion() {
    Properties properties = new Properties();
    try (InputStream in = Binaries.class.getResourceAsStream("binaries.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("binaries.properties is part of this module", e);
    }
    return properties.getProperty("version");
  }

  /** Such as {@code linux-x86_64}: the names that the binaries' publisher uses. */
  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : "linux";
    return switch (arch) {
      case "amd64", "x86_64" -> system + "-x86_64";
      case "aarch64", "arm64" -> system + "-arm_64";
      default -> system + "-" + arch;
    };
  }
}
