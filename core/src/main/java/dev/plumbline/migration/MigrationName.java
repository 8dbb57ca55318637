package dev.plumbline.migration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a migration's file name says: {@code 018_name.sql}, {@code V018__name.sql}, {@code
 * V1.2__name.sql}, {@code 20260115093000_name.sql}.
 */
public record MigrationName(Version version, String name) {
  private static final Pattern NUMBERED = Pattern.compile("(\\d+)[_-](.+)\\.sql");
  private static final Pattern FLYWAY = Pattern.compile("V(\\d+(?:[._]\\d+)*)__(.+)\\.sql");

  /** Reads a file name; empty if it does not begin with a version. */
  public static Optional<MigrationName> of(String file) {
    for (Pattern pattern : new Pattern[] {FLYWAY, NUMBERED}) {
      Matcher matcher = pattern.matcher(file);
      if (matcher.matches()) {
        return Optional.of(new MigrationName(new Version(matcher.group(1)), matcher.group(2)));
      }
    }
    return Optional.empty();
  }
}
