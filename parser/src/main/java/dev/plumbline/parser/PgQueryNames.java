package dev.plumbline.parser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * The names behind the one-letter exports and imports of libpg-query.wasm. They change with each
 * build of it, so ours reads them from the JavaScript that belongs to it.
 */
record PgQueryNames(Properties names) {

  /** Empty if the build had no npm. */
  static Optional<PgQueryNames> load() {
    try (InputStream in = PgQueryNames.class.getResourceAsStream("names.properties")) {
      if (in == null) {
        return Optional.empty();
      }
      Properties names = new Properties();
      names.load(in);
      return names.isEmpty() ? Optional.empty() : Optional.of(new PgQueryNames(names));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String export(String name) {
    return value("export." + name);
  }

  /** What the module calls from outside, by its one-letter name. */
  String imported(String letter) {
    return value("import." + letter);
  }

  private String value(String key) {
    String value = names.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("libpg-query.js names no " + key);
    }
    return value;
  }
}
