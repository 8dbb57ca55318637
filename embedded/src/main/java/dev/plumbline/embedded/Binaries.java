package dev.plumbline.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** Where packages of operating systems put the servers of several versions. */
  private static final List<String> INSTALLED = List.of("/usr/lib/postgresql/%d", "/usr/pgsql-%d");

  /**
   * The programs of a major version: those that come with Plumbline, else those that were unpacked
   * before, else those that are installed on this machine.
   *
   * @throws EmbeddedServerException if there are none
   */
  public static Binaries ofMajor(int major) {
    return ofMajor(major, UserCache.directory(), INSTALLED);
  }

  static Binaries ofMajor(int major, Path cache, List<String> installed) {
    String bundled = newestVersion();
    if (bundled.startsWith(major + ".")) {
      return newest();
    }
    return unpackedBefore(major, cache)
        .or(() -> installed(major, installed))
        .orElseThrow(() -> unavailable(major, bundled));
  }

  private static Optional<Binaries> unpackedBefore(int major, Path cache) {
    String prefix = "postgres-" + major + ".";
    String platform = "-" + platform();
    if (!Files.isDirectory(cache)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(cache)) {
      return all.filter(home -> isNamed(home, prefix, platform) && hasPrograms(home))
          .max(Comparator.naturalOrder())
          .map(
              home -> {
                String name = home.getFileName().toString();
                int version = "postgres-".length();
                return new Binaries(
                    name.substring(version, name.length() - platform.length()), home);
              });
    } catch (IOException e) {
      throw EmbeddedServerException.files(cache, e);
    }
  }

  private static boolean isNamed(Path home, String prefix, String suffix) {
    String name = home.getFileName().toString();
    return name.startsWith(prefix) && name.endsWith(suffix);
  }

  private static boolean hasPrograms(Path home) {
    return Stream.of("initdb", "pg_ctl", "postgres")
        .allMatch(program -> Files.isExecutable(home.resolve("bin").resolve(program)));
  }

  private static Optional<Binaries> installed(int major, List<String> places) {
    return places.stream()
        .map(place -> Path.of(place.formatted(major)))
        .filter(Binaries::hasPrograms)
        .map(home -> new Binaries(major + ".0", home))
        .findFirst();
  }

  private static EmbeddedServerException unavailable(int major, String bundled) {
    return new EmbeddedServerException(
        "A scratch PostgreSQL "
            + major
            + " is needed, and this Plumbline brings version "
            + bundled.substring(0, bundled.indexOf('.'))
            + " only.",
        "Nothing was started or written.",
        "Install the server programs of PostgreSQL %d on this machine (%s), and run it again."
            .formatted(
                major,
                INSTALLED.stream()
                    .map(p -> p.formatted(major))
                    .collect(Collectors.joining(" or "))));
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
