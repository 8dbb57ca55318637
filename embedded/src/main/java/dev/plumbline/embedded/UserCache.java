package dev.plumbline.embedded;

import java.nio.file.Path;

/** Where this user's caches live: what is there can be deleted at any time and is made again. */
final class UserCache {
  private UserCache() {}

  static Path directory() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    // Relative values are to be ignored: https://specifications.freedesktop.org/basedir-spec/
    Path caches =
        xdg != null && Path.of(xdg).isAbsolute()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return caches.resolve("plumbline");
  }
}
