package dev.plumbline.testkit;

import dev.plumbline.embedded.Binaries;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The two ends of what Plumbline supports. */
public enum PostgresVersion {
  OLDEST {
    @Override
    Binaries binaries() {
      return Binaries.unpacked(version(), PostgresVersion::archive);
    }
  },
  NEWEST {
    @Override
    Binaries binaries() {
      return Binaries.newest();
    }
  };

  abstract Binaries binaries();

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = resource("oldest.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("oldest.properties is part of this module", e);
    }
    return properties.getProperty("version");
  }

  private static InputStream archive() {
    return resource("oldest/" + Binaries.archiveName());
  }

  private static InputStream resource(String name) {
    InputStream in = PostgresVersion.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("not in this build of testkit: " + name);
    }
    return in;
  }
}
